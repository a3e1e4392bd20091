import { expect, test, vi } from "vitest";
import { compileAnswerCheck } from "./answer-schema.ts";

const schema = { type: "object", properties: { n: { type: "integer", minimum: 1 } }, required: ["n"] };

test("an answer that matches is valid", () => {
  expect(compileAnswerCheck(schema)?.('{"n": 2}')).toEqual({ valid: true });
});

test("an answer that does not match says where", () => {
  expect(compileAnswerCheck(schema)?.('{"n": 0}')).toEqual({
    valid: false,
    problem: "The answer breaks its JSON Schema: /n must be >= 1.",
  });
  expect(compileAnswerCheck(schema)?.("{}")).toMatchObject({ problem: expect.stringContaining("'n'") });
});

test("an answer that is not JSON says so", () => {
  expect(compileAnswerCheck(schema)?.("n = 2")).toEqual({ valid: false, problem: "The answer is not JSON." });
});

test("a schema that does not compile, or points outside itself, is refused", () => {
  expect(compileAnswerCheck({ type: "nothing" })).toBeUndefined();
  expect(compileAnswerCheck({ $ref: "https://example.com/schema.json" })).toBeUndefined();
});

test("two schemas with one $id do not meet", () => {
  const a = compileAnswerCheck({ $id: "https://example.com/answer", const: 1 });
  const b = compileAnswerCheck({ $id: "https://example.com/answer", const: 2 });
  expect([a?.("1").valid, a?.("2").valid, b?.("1").valid, b?.("2").valid]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test.each([
  ["and never again where it worked", 600, 1],
  ["and once more, no oftener, where the thread stood still", 100, 2],
])("a pattern that backtracks without end is interrupted, %s", (_, workedMs, tries) => {
  const check = compileAnswerCheck({ type: "string", pattern: "^(a|a)*$" });
  let triesMade = 0;
  const work = vi.spyOn(process, "threadCpuUsage").mockImplementation((since) => {
    if (since === undefined) triesMade += 1;
    return { user: since === undefined ? 0 : workedMs * 1_000, system: 0 };
  });
  try {
    expect(check?.(JSON.stringify(`${"a".repeat(60)}!`))).toEqual({
      valid: false,
      problem: "The answer could not be checked in time.",
    });
  } finally {
    work.mockRestore();
  }
  expect(triesMade).toBe(tries);
});

test("a process that stood still, and did not work, refuses no schema for it", () => {
  let looks = 0;
  const slow = {
    // The first look makes the text it is known by; the second is the compiler's.
    get type() {
      looks += 1;
      if (looks === 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
      return "string";
    },
  };
  const check = compileAnswerCheck(slow);
  expect(looks).toBeGreaterThan(2);
  expect([check?.('"x"').valid, check?.("1").valid]).toEqual([true, false]);
});
