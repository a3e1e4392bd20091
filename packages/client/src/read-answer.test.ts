import { expect, test } from "vitest";
import { refusalOf } from "./read-answer.ts";

const HEADERS = new Headers({ "x-request-id": "req_1" });

test("a refusal in OpenAI's shape keeps its code and words, and the answer's request id", () => {
  const text = JSON.stringify({ error: { message: "Too many.", type: "x", code: "rate_limit_exceeded" } });
  expect(refusalOf({ status: 429, headers: HEADERS }, text)).toMatchObject({
    code: "rate_limit_exceeded",
    message: "Too many.",
    status: 429,
    requestId: "req_1",
  });
  expect(refusalOf({ status: 429 }, text).requestId).toBeUndefined();
});

test.each([
  ["code", { error: { message: "No such page.", code: 404 } }],
  ["message", { error: { code: "not_found" } }],
])("what has no %s of its own is no refusal of ours", (_, body) => {
  expect(refusalOf({ status: 404 }, JSON.stringify(body)).code).toBe("unexpected_answer");
});
