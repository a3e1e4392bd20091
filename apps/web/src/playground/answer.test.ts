import { expect, test } from "vitest";
import { answerAfter, endedBy, isRunning, tokensPerSecond, WAITING } from "./answer.ts";

const END = { reason: "stop", promptTokens: 9, completionTokens: 5, costMicros: null, queueWaitMs: 3 };

test("an answer grows by its events, and its times are those of its first and its last", () => {
  const begun = answerAfter(WAITING, { type: "begin", traceId: "trc_1", servedVersion: "triage@3" }, 10);
  const first = answerAfter(begun, { type: "text", text: "Hel" }, 100);
  const second = answerAfter(first, { type: "text", text: "lo" }, 200);
  const done = answerAfter(second, { type: "end", end: END }, 300);
  expect([begun, first, done].map(isRunning)).toEqual([true, true, false]);
  expect(done).toMatchObject({
    status: "done",
    text: "Hello",
    traceId: "trc_1",
    servedVersion: "triage@3",
    firstTokenMs: 100,
    totalMs: 300,
  });
  expect(tokensPerSecond(done)).toBe(20);
});

test("what came before it was stopped or failed stays", () => {
  const begun = answerAfter(WAITING, { type: "text", text: "Hel" }, 100);
  const error = new Error("gone");
  expect(endedBy(begun, error, { isStopped: true })).toMatchObject({
    status: "stopped",
    text: "Hel",
    error: null,
  });
  expect(endedBy(begun, error, { isStopped: false })).toMatchObject({ status: "failed", text: "Hel", error });
});

test("a speed that cannot be told is not told", () => {
  expect(tokensPerSecond(WAITING)).toBeNull();
  const done = answerAfter(WAITING, { type: "end", end: { ...END, completionTokens: null } }, 300);
  expect(tokensPerSecond(done)).toBeNull();
});
