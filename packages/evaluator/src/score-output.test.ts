import { Case, CaseOutcome, type ScorerUse } from "@assay/core";
import { describe, expect, test } from "vitest";
import type { MetricTask } from "./define-scorer.ts";
import { judgeMetric, scoreOutput } from "./score-output.ts";
import { NO_PORTS } from "./testing/no-ports.ts";

const testCase = Case.parse({ key: "k", variables: {}, expected: { a: 1, b: 2 } });
const fields: ScorerUse = { type: "json-fields", weight: 3, options: {} };
const isJson: ScorerUse = { type: "is-json", weight: 1, options: {} };
const tokens: ScorerUse = { type: "tokens", name: "brief", weight: 1, options: { max: 5 } };

const NOTHING_MEASURED = {
  toolCalls: [],
  tools: [],
  meanLogprob: null,
  latencyMs: null,
  usage: undefined,
  costMicros: null,
  ports: NO_PORTS,
};

async function score(output: string, uses: ScorerUse[], passScore = 1) {
  return CaseOutcome.parse(await scoreOutput({ ...NOTHING_MEASURED, uses, passScore, output, testCase }));
}

describe("an output's score", () => {
  test("is the weighted mean of its metrics", async () => {
    expect(await score('{"a":1,"b":3}', [fields, isJson], 0.625)).toMatchObject({
      status: "scored",
      score: 0.625,
      passed: true,
      metrics: [
        { name: "json-fields", weight: 3, outcome: { status: "scored", score: 0.5, detail: "wrong: b" } },
        { name: "is-json", weight: 1, outcome: { status: "scored", score: 1 } },
      ],
    });
    expect(await score('{"a":1,"b":3}', [fields, isJson], 0.63)).toMatchObject({ passed: false });
  });

  test("passes where only rounding keeps it from its bound", async () => {
    const uses = [0.1, 0.2, 0.3].map((weight, index) => ({ ...fields, name: `m${index}`, weight }));
    const expected = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`f${index}`, 1]));
    const output = JSON.stringify({ ...expected, f0: 0, f1: 0, f2: 0 });
    const outcome = await scoreOutput({
      ...NOTHING_MEASURED,
      uses,
      passScore: 0.7,
      output,
      testCase: { ...testCase, expected },
    });
    expect(outcome).toMatchObject({ passed: true });
    expect(outcome.status === "scored" && outcome.score).toBeLessThan(0.7);
  });

  test("is missing, not zero, when one metric cannot be scored", async () => {
    const outcome = await score("{}", [isJson, tokens]);
    expect(outcome).toMatchObject({
      status: "not_scored",
      reason: "brief: the engine did not report its token usage",
      metrics: [{ outcome: { status: "scored", score: 1 } }, { outcome: { status: "not_scored" } }],
    });
    expect(outcome).not.toHaveProperty("score");
  });

  test("is missing when its scorers together would take too long, though each alone would not", async () => {
    const uses = Array.from({ length: 32 }, (_, index) => ({
      type: "levenshtein",
      name: `l${index}`,
      weight: 1,
      options: {},
    }));
    const input = { ...NOTHING_MEASURED, passScore: 1, output: "a".repeat(19_000) };
    const long = { ...testCase, expected: "b".repeat(19_000) };
    expect(await scoreOutput({ ...input, uses: uses.slice(0, 2), testCase: long })).toMatchObject({
      score: 0,
    });
    const { metrics } = CaseOutcome.parse(await scoreOutput({ ...input, uses, testCase: long })) as {
      metrics: { outcome: { status: string } }[];
    };
    expect(metrics.filter(({ outcome }) => outcome.status === "scored")).toHaveLength(2);
  });

  test("is missing when the output is too long to be looked at", async () => {
    expect(await score(`"${"x".repeat(2_000_000)}"`, [isJson])).toMatchObject({ status: "not_scored" });
  });
});

describe("heavy work", () => {
  const schemaOf = (types: number) => ({ allOf: Array.from({ length: types }, () => ({ type: "object" })) });
  const asserting = (types: number) => ({
    ...testCase,
    expected: { assertions: [{ type: "json-schema", options: { schema: schemaOf(types) } }] },
  });
  const assertions: ScorerUse = { type: "assertions", weight: 1, options: {} };
  const levenshtein: ScorerUse = { type: "levenshtein", weight: 1, options: {} };
  const alike = (length: number) => ({
    output: "a".repeat(length),
    testCase: { ...testCase, expected: "b".repeat(length) },
  });

  /** What was done beside, and what came of it; a task is sent to a thread, so that it has to be plain. */
  async function scoreBeside(uses: ScorerUse[], of: Pick<MetricTask["input"], "output" | "testCase">) {
    const tasks: MetricTask[] = [];
    const judgeBeside = async (task: MetricTask) => {
      tasks.push(task);
      return await judgeMetric(structuredClone(task), NO_PORTS);
    };
    const input = { ...NOTHING_MEASURED, uses, passScore: 1, ...of };
    const outcome = await scoreOutput({ ...input, ports: { ...NO_PORTS, judgeBeside } });
    expect(outcome).toEqual(await scoreOutput(input));
    return tasks.map(({ use }) => use.type);
  }

  test("is done beside, with the outcome that it has in place", async () => {
    const heavy = { output: '{"a":1}', testCase: asserting(150) };
    expect(await scoreBeside([isJson, assertions], heavy)).toEqual(["assertions"]);
    expect(await scoreBeside([levenshtein, isJson], alike(16_000))).toEqual(["levenshtein"]);
  });

  test("is also what short schemas make of a long output", async () => {
    const output = `[${Array.from({ length: 6_000 }, () => "{}").join()}]`;
    const none = { schema: { items: { not: {} } } };
    const schemas = { assertions: Array.from({ length: 4 }, () => ({ type: "json-schema", options: none })) };
    const of = { output, testCase: { ...testCase, expected: schemas } };
    const jsonSchema: ScorerUse = { type: "json-schema", weight: 1, options: none };
    expect(await scoreBeside([isJson, assertions, jsonSchema], of)).toEqual(["assertions", "json-schema"]);
  });

  test("is what holds others up, and nothing less", async () => {
    const light = { output: '{"a":1}', testCase: asserting(20) };
    expect(await scoreBeside([isJson, assertions], light)).toEqual([]);
    expect(await scoreBeside([levenshtein], alike(4_000))).toEqual([]);
  });

  test("draws on the budget that all scorers of the case share", async () => {
    const uses = Array.from({ length: 4 }, (_, index) => ({ ...levenshtein, name: `l${index}` }));
    // The fourth, and maybe the third, has no steps left: beside and in place alike.
    expect((await scoreBeside(uses, alike(19_000))).length).toBeLessThan(uses.length);
  });
});

describe("a metric", () => {
  const outcome = async (output: string, uses: Partial<ScorerUse>[], passScore = 1) =>
    await score(
      output,
      uses.map((use, index) => ({ type: "json-fields", name: `m${index}`, weight: 1, options: {}, ...use })),
      passScore,
    );
  const half = '{"a":1,"b":3}';

  test("that is negated counts its opposite, and misses the threshold that it would meet", async () => {
    expect(await outcome('{"a":1,"b":2}', [{ negate: true }], 0)).toMatchObject({ score: 0, passed: true });
    expect(await outcome("{}", [{ negate: true, threshold: 0.5 }])).toMatchObject({
      score: 1,
      passed: true,
      metrics: [{ passed: true }],
    });
    // Exactly at the threshold it is met, so the opposite is missed.
    expect(await outcome(half, [{ negate: true, threshold: 0.5 }])).toMatchObject({ passed: false });
    expect(await outcome(half, [{ threshold: 0.5 }])).toMatchObject({ passed: true });
  });

  test("that cannot be scored cannot be scored negated either", async () => {
    const tooLittle = { type: "tokens", negate: true, threshold: 0.5, options: { max: 5 } };
    const found = await outcome(half, [tooLittle]);
    expect(found).toMatchObject({ status: "not_scored", metrics: [{ outcome: { status: "not_scored" } }] });
    expect(found).not.toHaveProperty("metrics.0.passed");
  });

  test("with a threshold is judged by it alone, the others by their mean", async () => {
    const uses = [{ threshold: 0.4 }, { type: "is-json" }];
    expect(await outcome(half, uses)).toMatchObject({ score: 0.75, passed: true });
    expect(await outcome(half, [{ threshold: 0.6 }, { type: "is-json" }])).toMatchObject({ passed: false });
    expect(await outcome(half, [{ threshold: 0.4 }, {}])).toMatchObject({ passed: false });
  });

  test("of weight 0 is shown and decides nothing: not the score, not the pass, not whether there is one", async () => {
    const shown = [
      { type: "tokens", weight: 0, options: { max: 5 } },
      { weight: 0, threshold: 1 },
      { weight: 0 },
      { type: "is-json" },
    ];
    expect(await outcome(half, shown)).toMatchObject({
      status: "scored",
      score: 1,
      passed: true,
      metrics: [{ outcome: { status: "not_scored" } }, { passed: false }, { outcome: { score: 0.5 } }, {}],
    });
  });
});
