import { AppError, ENGINE_FAILURE_CODES } from "@assay/core";
import { StoreUnavailableError } from "@assay/store";
import { expect, test } from "vitest";
import { errorAnswer, failureError } from "./error-response.ts";

test("a bug answers 500 with a request id and not a word of what broke", () => {
  for (const plane of ["control", "data"] as const) {
    const answer = errorAnswer(new Error("password=hunter2"), plane, "req-1");
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer)).not.toContain("hunter2");
    expect(JSON.stringify(answer)).toContain("req-1");
  }
});

test("a refusal is a problem document on the control plane and OpenAI's shape on the data plane", () => {
  const refusal = new AppError("invalid_input", "The body is not valid.", { param: "slug" });
  expect(errorAnswer(refusal, "control", "r")).toEqual({
    status: 422,
    headers: {},
    body: {
      type: "about:blank",
      title: "Unprocessable content",
      status: 422,
      code: "invalid_input",
      detail: "The body is not valid.",
      details: { param: "slug" },
      requestId: "r",
    },
  });
  expect(errorAnswer(refusal, "data", "r").body).toEqual({
    error: {
      message: "The body is not valid.",
      type: "invalid_request_error",
      param: "slug",
      code: "invalid_input",
    },
  });
});

test("a wait is told in whole seconds, never less than the truth", () => {
  const answer = errorAnswer(new AppError("queue_full", "Full.", { retryAfterMs: 1_001 }), "data", "r");
  expect(answer.headers["retry-after"]).toBe("2");
});

test("every failure an engine can record has an answer of its own status", () => {
  for (const code of ENGINE_FAILURE_CODES) {
    const error = failureError({ code, message: "m", retryable: false });
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.code).not.toBe("internal");
  }
});

test("a store that cannot take a write is 503 and worth another try, not a bug", () => {
  const answer = errorAnswer(
    new StoreUnavailableError("disk full", { cause: new Error("SQLITE_FULL") }),
    "control",
    "r",
  );
  expect(answer).toMatchObject({
    status: 503,
    headers: { "retry-after": "5" },
    body: { code: "store_unavailable" },
  });
  expect(JSON.stringify(answer)).not.toContain("SQLITE");
});
