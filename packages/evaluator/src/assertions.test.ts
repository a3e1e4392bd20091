import { Case, type Json } from "@assay/core";
import { expect, it } from "vitest";
import { findScorer } from "./check-scorers.ts";
import { assertionsOver } from "./scorers/assertions.ts";
import { SCORERS } from "./scorers/index.ts";

function judge(output: string, expected: Json) {
  const scorer = findScorer("assertions");
  if (scorer?.kind !== "deterministic") throw new Error("it is in the list, and asks nobody");
  const testCase = Case.parse({ key: "k", variables: {}, expected });
  const rest = {
    toolCalls: [],
    tools: [],
    meanLogprob: null,
    latencyMs: 40,
    usage: undefined,
    costMicros: null,
  };
  return scorer.score({ output, testCase, ...rest }, scorer.options.parse({}));
}

const HELLO = [
  { type: "icontains", options: { values: ["HELLO"] } },
  { type: "not-contains", options: { values: ["sorry"] } },
  { type: "levenshtein", expected: "hello word", options: { threshold: 0.8 } },
];

it("passes a case that meets all that it asserts, each by its own expectation", () => {
  expect(judge("hello world", { assertions: HELLO })).toMatchObject({ status: "scored", score: 1 });
});

it("gives a case that does not the share that it meets, and says what is missing", () => {
  expect(judge("hello, sorry", { assertions: HELLO.slice(0, 2) })).toEqual({
    status: "scored",
    score: 0.5,
    value: 0.5,
    detail: "not met: not-contains",
  });
});

it("weighs assertions, and leaves out what has no weight", () => {
  const [first, second] = HELLO;
  const assertions = [
    { ...first, weight: 3 },
    { ...second, weight: 1 },
    { type: "equals", expected: "x", weight: 0 },
  ];
  expect(judge("hello, sorry", { assertions })).toMatchObject({ score: 0.75 });
});

it("lets a case pass from a weighted mean on where it says so, and never shows less as a pass", () => {
  const assertions = HELLO.slice(0, 2);
  expect(judge("hello, sorry", { assertions, threshold: 0.5 })).toMatchObject({ score: 1, value: 0.5 });
  expect(judge("hello, sorry", { assertions, threshold: 0.6 })).toMatchObject({ score: 0.5 });
});

it("holds a graded scorer against its threshold, the opposite of it too", () => {
  const graded = (type: string) => [{ type, expected: "hello", threshold: 0.8 }];
  expect(judge("hallo", { assertions: graded("levenshtein") })).toMatchObject({ score: 1, value: 0.8 });
  expect(judge("hallo", { assertions: graded("not-levenshtein") })).toMatchObject({ score: 0 });
});

it.each([
  ["nothing to read", "hello", "no list of assertions"],
  ["an unknown scorer", { assertions: [{ type: "is-sql" }] }, 'there is no scorer "is-sql"'],
  ["wrong options", { assertions: [{ type: "regex", options: { pattern: "(" } }] }, "options.pattern"],
  ["a judge", { assertions: [{ type: "llm-rubric" }] }, "asks something else"],
  ["itself", { assertions: [{ type: "assertions" }] }, "there is no scorer"],
  ["a scorer without its expectation", { assertions: [{ type: "equals" }] }, "has no expectation"],
] as const)("is no zero with %s but no score", (_, expected, reason) => {
  expect(judge("hello", expected as Json)).toMatchObject({
    status: "not_scored",
    reason: expect.stringContaining(reason),
  });
});

it("passes a case that asserts nothing", () => {
  expect(judge("anything", { assertions: [] })).toMatchObject({ score: 1 });
});

it("is another scorer as soon as one that a case may name is", () => {
  const [first, ...others] = SCORERS.filter(({ type }) => type !== "assertions");
  if (first === undefined) throw new Error("there are scorers");
  const changed = assertionsOver([{ ...first, revision: first.revision + 1 }, ...others]);
  expect(changed.revision).toBe((findScorer("assertions")?.revision ?? 0) + 1);
});

it("loads what the scorers of a case need before they score", async () => {
  const loaded: string[] = [];
  const others = SCORERS.filter(({ type }) => type !== "assertions").map((other) =>
    other.kind === "deterministic" ? { ...other, load: async () => void loaded.push(other.type) } : other,
  );
  const expected = { assertions: [{ type: "language", options: { language: "en" } }, ...HELLO] };
  const testCase = Case.parse({ key: "k", variables: {}, expected });
  const rest = {
    toolCalls: [],
    tools: [],
    meanLogprob: null,
    latencyMs: 1,
    usage: undefined,
    costMicros: null,
  };
  await assertionsOver(others).load?.({ output: "hello", testCase, ...rest });
  expect(loaded).toEqual(["language", "contains", "contains", "levenshtein"]);
});
