import { expect, test } from "vitest";
import { dataPlaneRefusalOf, readAnswer, refusalOf } from "./read-answer.ts";

const HEADERS = new Headers({ "x-request-id": "req_1" });

const OPENAI_ERROR = JSON.stringify({
  error: { message: "Too many.", type: "x", code: "rate_limit_exceeded" },
});

test("a refusal of the data plane in OpenAI's shape keeps its code and words, and the answer's request id", () => {
  expect(dataPlaneRefusalOf({ status: 429, headers: HEADERS }, OPENAI_ERROR)).toMatchObject({
    code: "rate_limit_exceeded",
    message: "Too many.",
    status: 429,
    requestId: "req_1",
  });
  expect(dataPlaneRefusalOf({ status: 429 }, OPENAI_ERROR).requestId).toBeUndefined();
});

test.each([
  ["code", { error: { message: "No such page.", code: 404 } }],
  ["message", { error: { code: "not_found" } }],
])("what has no %s of its own is no refusal of ours", (_, body) => {
  expect(dataPlaneRefusalOf({ status: 404 }, JSON.stringify(body)).code).toBe("unexpected_answer");
});

test("the control plane never answers in OpenAI's shape: who does is another service", async () => {
  const route = { name: "listPrompts", method: "GET", path: "/api/prompts", answer: ["items[]"] } as const;
  const answer = readAnswer(route, new Response(OPENAI_ERROR, { status: 429 }));
  await expect(answer).rejects.toMatchObject({ code: "unexpected_answer", status: 429 });
  expect(refusalOf({ status: 429 }, OPENAI_ERROR).message).toContain("not an Assay server");
});

test("what the data plane refuses as a problem is read as one", () => {
  const text = JSON.stringify({
    type: "about:blank",
    ...{ title: "Not found", status: 404, code: "not_found", detail: "No such.", requestId: "req_1" },
  });
  expect(dataPlaneRefusalOf({ status: 404 }, text)).toMatchObject({ code: "not_found", message: "No such." });
});
