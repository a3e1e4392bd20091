import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "@assay/core";
import { describe, expect, test } from "vitest";
import { checkScorers } from "../check-scorers.ts";
import { describeScorers } from "../describe-scorers.ts";
import { listScorers } from "../list-scorers.ts";
import { judge, scoreOf } from "../testing/judge-output.ts";
import { SCORERS } from "./index.ts";

const use = (
  type: string,
  options: Record<string, Json> = {},
  more: { name?: string; weight?: number } = {},
) => ({
  type,
  options,
  weight: 1,
  ...more,
});

describe("the list of scorers", () => {
  test("has every file of the folder, under its own name", () => {
    const judges = readdirSync(join(import.meta.dirname, "judges"));
    const files = [...readdirSync(import.meta.dirname), ...judges]
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "index.ts")
      .map((file) => file.replace(".ts", ""));
    expect(SCORERS.map(({ type }) => type).sort()).toEqual(files.sort());
  });

  test("describes the options of each as a JSON Schema that allows no others", () => {
    for (const { options } of listScorers()) {
      expect(options).toMatchObject({ type: "object", additionalProperties: false });
    }
  });
});

describe("exact-match", () => {
  test.each([
    { output: "refund", expected: "refund", options: {}, score: 1 },
    { output: " refund\n", expected: "refund", options: {}, score: 1 },
    { output: " refund\n", expected: "refund", options: { trim: false }, score: 0 },
    { output: "Refund", expected: "refund", options: {}, score: 0 },
    { output: "Refund", expected: "refund", options: { ignoreCase: true }, score: 1 },
    { output: "42", expected: 42, options: {}, score: 1 },
    { output: "true", expected: true, options: {}, score: 1 },
    { output: '{"b":[1,2],"a":1}', expected: { a: 1, b: [1, 2] }, options: { json: true }, score: 1 },
    { output: '{"b":[2,1],"a":1}', expected: { a: 1, b: [1, 2] }, options: { json: true }, score: 0 },
    { output: '{"a":1.0}', expected: '{"a":1}', options: { json: true }, score: 1 },
    { output: "no json", expected: { a: 1 }, options: { json: true }, score: 0 },
    { output: "x", expected: "no json", options: { json: true }, score: "not_scored" },
    { output: "x", expected: { a: 1 }, options: {}, score: "not_scored" },
    { output: '{"__proto__":1}', expected: {}, options: { json: true }, score: 0 },
  ])("of $output with $expected under $options is $score", ({ output, expected, options, score }) => {
    expect(scoreOf("exact-match", { output, expected, options })).toBe(score);
  });

  test("without an expectation is not scored zero", () => {
    expect(judge("exact-match", { output: "" })).toEqual({
      status: "not_scored",
      reason: "the case has no expectation",
    });
  });
});

describe("contains", () => {
  test.each([
    { output: "a refund is due", options: { values: ["refund", "due"] }, expected: undefined, score: 1 },
    { output: "a refund", options: { values: ["refund", "due"] }, expected: undefined, score: 0 },
    {
      output: "a refund",
      options: { values: ["refund", "due"], match: "any" },
      expected: undefined,
      score: 1,
    },
    { output: "A REFUND", options: { ignoreCase: true }, expected: "refund", score: 1 },
    { output: "A REFUND", options: {}, expected: "refund", score: 0 },
    { output: "x y", options: {}, expected: ["x", "y"], score: 1 },
    { output: "x", options: {}, expected: undefined, score: "not_scored" },
    { output: "x", options: {}, expected: "", score: "not_scored" },
    { output: "x", options: {}, expected: { a: 1 }, score: "not_scored" },
  ])(
    "in $output with $options and expectation $expected is $score",
    ({ output, options, expected, score }) => {
      expect(scoreOf("contains", { output, options, ...(expected === undefined ? {} : { expected }) })).toBe(
        score,
      );
    },
  );
});

describe("regex", () => {
  test.each([
    ["order 123", { pattern: "\\d{3}$" }, 1],
    ["order 12", { pattern: "\\d{3}$" }, 0],
    ["ORDER", { pattern: "order" }, 0],
    ["ORDER", { pattern: "order", flags: "i" }, 1],
  ])("in %j with %j is %s", (output, options, score) => {
    expect(scoreOf("regex", { output, options })).toBe(score);
  });

  test("does not try what would take long", () => {
    const options = { pattern: "(?:[ab]{1,40}c?){20}$" };
    expect(scoreOf("regex", { output: "ab".repeat(50_000), options })).toBe("not_scored");
  });
});

test("is-json and json-schema judge the whole output", () => {
  expect(scoreOf("is-json", { output: ' {"a": [1]} ' })).toBe(1);
  expect(scoreOf("is-json", { output: 'Sure: {"a": 1}' })).toBe(0);
  expect(scoreOf("is-json", { output: "[".repeat(100_000) })).toBe(0);
  const options = { schema: { type: "object", required: ["a"] } };
  expect(scoreOf("json-schema", { output: '{"a":1}', options })).toBe(1);
  expect(scoreOf("json-schema", { output: '{"b":1}', options })).toBe(0);
  expect(scoreOf("json-schema", { output: "{", options })).toBe(0);
});

describe("json-fields", () => {
  const expected = { intent: "refund", order: { id: 7, items: ["a", "b"] }, amount: 10.5 };
  test.each([
    ['{"intent":"refund","order":{"items":["a","b"],"id":7},"amount":10.5,"more":1}', {}, 1],
    ['{"intent":"refund","order":{"id":8,"items":["a","b"]},"amount":10.5}', {}, 2 / 3],
    ['{"intent":"refund","order":{"id":8}}', { fields: ["intent", "order.id"] }, 0.5],
    ['{"order":{"items":["x","b"]}}', { fields: ["order.items.1"] }, 1],
    ['{"amount":10.52}', { fields: ["amount"] }, 0],
    ['{"amount":10.52}', { fields: ["amount"], tolerance: 0.05 }, 1],
    ["not json", {}, 0],
    ["[]", {}, 0],
    ["{}", { fields: ["toString"] }, "not_scored"],
    ["{}", { fields: ["absent"] }, "not_scored"],
  ])("of %j under %j is %s", (output, options, score) => {
    expect(scoreOf("json-fields", { output, expected, options })).toBe(score);
  });

  test("does not take a missing field for a null one", () => {
    expect(scoreOf("json-fields", { output: "{}", expected: { a: null } })).toBe(0);
    expect(scoreOf("json-fields", { output: '{"a":null}', expected: { a: null } })).toBe(1);
  });

  test("finds a key that has the dots itself", () => {
    const options = { fields: ["a.b"] };
    expect(scoreOf("json-fields", { output: '{"a.b":1}', expected: { "a.b": 1 }, options })).toBe(1);
  });

  test("without an expectation that has fields is not scored", () => {
    for (const wanted of ["text", 4, {}, "[]"]) {
      expect(scoreOf("json-fields", { output: "{}", expected: wanted })).toBe("not_scored");
    }
    expect(scoreOf("json-fields", { output: "{}" })).toBe("not_scored");
  });
});

describe("levenshtein", () => {
  test.each([
    { output: "kitten", expected: "sitting", options: {}, score: 1 - 3 / 7 },
    { output: "same", expected: "same", options: {}, score: 1 },
    { output: "", expected: "", options: {}, score: 1 },
    { output: "kitten", expected: "sitting", options: { threshold: 0.5 }, score: 1 },
    { output: "kitten", expected: "sitting", options: { threshold: 0.6 }, score: 0 },
    { output: "SAME", expected: "same", options: { ignoreCase: true }, score: 1 },
  ])("of $output and $expected under $options is $score", ({ output, expected, options, score }) => {
    expect(scoreOf("levenshtein", { output, expected, options })).toBeCloseTo(score, 12);
  });

  test("is not scored without text to compare with, nor for texts too long to compare", () => {
    expect(scoreOf("levenshtein", { output: "a" })).toBe("not_scored");
    const long = "ab".repeat(20_000);
    expect(scoreOf("levenshtein", { output: long, expected: `${long}c` })).toBe("not_scored");
  });
});

test("latency and tokens pass up to their bound, and unknown is not zero", () => {
  const latency = (latencyMs: number | null) =>
    scoreOf("latency", { output: "", latencyMs, options: { maxMs: 100 } });
  expect([latency(100), latency(100.5), latency(null)]).toEqual([1, 0, "not_scored"]);
  expect(scoreOf("tokens", { output: "", completionTokens: 8, options: { max: 8 } })).toBe(1);
  expect(scoreOf("tokens", { output: "", completionTokens: 9, options: { max: 8 } })).toBe(0);
  expect(scoreOf("tokens", { output: "", options: { max: 8 } })).toBe("not_scored");
});

describe("uses of scorers", () => {
  test.each([
    ["an unknown type", [use("exact")], 'There is no scorer "exact"'],
    ["an option that is none", [use("exact-match", { ignorecase: true })], "ignorecase"],
    ["a pattern that cannot be searched in linear time", [use("regex", { pattern: "(?=a)" })], "look-ahead"],
    ["a schema that does not compile", [use("json-schema", { schema: { type: "nonsense" } })], "not usable"],
    ["one name twice", [use("contains"), use("contains")], 'Two scorers are called "contains"'],
  ])("with %s are refused", (_, uses, message) => {
    expect(() => checkScorers(uses)).toThrow(expect.objectContaining({ code: "invalid_input" }));
    expect(() => checkScorers(uses)).toThrow(message);
  });

  test("are described with everything that a score depends on", () => {
    const uses = [use("contains"), use("exact-match", { json: true }, { name: "answer", weight: 3 })];
    checkScorers(uses);
    expect(describeScorers(uses)).toEqual([
      {
        type: "contains",
        revision: 1,
        name: "contains",
        weight: 1,
        negate: false,
        threshold: null,
        options: { match: "all", ignoreCase: false },
      },
      {
        type: "exact-match",
        revision: 1,
        name: "answer",
        weight: 3,
        negate: false,
        threshold: null,
        options: { json: true, ignoreCase: false, trim: true },
      },
    ]);
  });
});
