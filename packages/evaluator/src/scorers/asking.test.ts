import type { Json } from "@assay/core";
import { describe, expect, test } from "vitest";
import { findScorer } from "../check-scorers.ts";
import type { JudgeQuestion, ScorerPorts, ScriptCall, WebhookCall } from "../define-scorer.ts";
import { assess, judge, scoreOf } from "../testing/judge-output.ts";
import { NO_PORTS } from "../testing/no-ports.ts";

const INPUT = "{{sample.output_text}}";

/** The world outside, answering one thing to everything and remembering what it was asked. */
function world(value: Json) {
  const asked: (JudgeQuestion | WebhookCall | ScriptCall)[] = [];
  const answer = async (question: JudgeQuestion | WebhookCall | ScriptCall) => {
    asked.push(question);
    return { status: "answered" as const, value };
  };
  return {
    asked,
    ports: { ...NO_PORTS, ask: answer, send: answer, runScript: answer } satisfies ScorerPorts,
  };
}

/** Embeds each text as a direction in the plane, by its angle in degrees. */
const plane: ScorerPorts = {
  ...NO_PORTS,
  embed: async (texts) => ({
    status: "embedded",
    vectors: texts.map((text) => [
      Math.cos((Number(text) * Math.PI) / 180),
      Math.sin((Number(text) * Math.PI) / 180),
    ]),
  }),
};

describe("similarity", () => {
  test.each<[string, Json, number]>([
    ["10", "10", 1],
    ["10", "70", 1 / 2],
    ["0", ["90", "60", "180"], 1 / 2],
    ["0", "120", 0],
  ])(
    "of %j and %j is the cosine of the angle, 0 where it is wider than a right one",
    async (...[output, expected, score]) => {
      const outcome = await assess("similarity", { output, expected }, plane);
      expect(outcome.status === "scored" && outcome.score).toBeCloseTo(score, 12);
    },
  );

  test("keeps the cosine as it was measured, and compares what it is told to", async () => {
    const outcome = await assess("similarity", { output: "0", expected: "120" }, plane);
    expect(outcome.status === "scored" && outcome.value).toBeCloseTo(-1 / 2, 12);
    const options = { model: "embedder", input: "{{item.a}}", reference: "{{item.b}}" };
    expect(await assess("similarity", { variables: { a: "5", b: "5" }, options }, plane)).toMatchObject({
      score: 1,
    });
    expect(findScorer("similarity")).toMatchObject({ kind: "embedding" });
  });

  test("of nothing is 0 for an empty output, and unknown without an expectation or a vector", async () => {
    expect(await assess("similarity", { output: " ", expected: "1" }, plane)).toMatchObject({ score: 0 });
    expect(await assess("similarity", { output: "1" }, plane)).toMatchObject({ status: "not_scored" });
    expect(await assess("similarity", { output: "1", expected: " " }, plane)).toMatchObject({
      status: "not_scored",
    });
    expect(await assess("similarity", { output: "1", expected: "x" }, plane)).toMatchObject({
      status: "not_scored",
    });
    expect(await assess("similarity", { output: "1", expected: "1" })).toMatchObject({
      status: "not_scored",
    });
  });
});

describe("graders that ask a model", () => {
  const messages = [{ role: "user", content: `Judge: ${INPUT} by {{item.expected}}` }];
  const label = { model: "judge", messages, labels: ["good", "bad"], passingLabels: ["good"] };
  const range = { model: "judge", messages, range: [1, 5] };

  test("send the filled messages and a schema that the answer is forced into", async () => {
    const { asked, ports } = world({ reason: "kind", label: "good" });
    expect(await assess("label-model", { output: "hi", expected: "tone", options: label }, ports)).toEqual({
      status: "scored",
      score: 1,
      detail: "good: kind",
    });
    expect(asked).toEqual([
      {
        judge: { model: "judge", messages: [{ role: "user", content: "Judge: hi by tone" }] },
        variables: {},
        schema: {
          name: "label",
          schema: {
            type: "object",
            properties: { reason: { type: "string" }, label: { type: "string", enum: ["good", "bad"] } },
            required: ["reason", "label"],
            additionalProperties: false,
          },
        },
      },
    ]);
  });

  test.each<[string, Record<string, Json>, Json, object]>([
    ["label-model", label, { reason: "", label: "bad" }, { score: 0 }],
    ["label-model", label, { reason: "", label: "great" }, { status: "not_scored" }],
    ["label-model", label, "good", { status: "not_scored" }],
    ["score-model", range, { reason: "", score: 4 }, { score: 0.75, value: 4 }],
    ["score-model", range, { reason: "", score: 1 }, { score: 0 }],
    ["score-model", range, { reason: "", score: 10 }, { status: "not_scored" }],
    ["score-model", range, { reason: "", score: "5" }, { status: "not_scored" }],
  ])("%s under %j makes of %j %j", async (...[type, options, answer, outcome]) => {
    const { ports } = world(answer);
    expect(await assess(type, { output: "x", expected: "y", options }, ports)).toMatchObject(outcome);
  });

  test("ask nothing where the case has not what they are told to show", async () => {
    const { asked, ports } = world({ reason: "", score: 5 });
    expect(await assess("score-model", { output: "x", options: range }, ports)).toMatchObject({
      status: "not_scored",
    });
    expect(asked).toEqual([]);
  });
});

describe("string-check and text-similarity", () => {
  const check = (operation: string, output: string) =>
    scoreOf("string-check", {
      output,
      expected: "Refund",
      options: { operation, input: INPUT, reference: "{{item.expected}}" },
    });
  test("compare as OpenAI says", () => {
    expect([check("eq", "Refund"), check("eq", "refund"), check("ne", "refund")]).toEqual([1, 0, 1]);
    expect([check("like", "A Refund!"), check("like", "a refund"), check("ilike", "a refund")]).toEqual([
      1, 0, 1,
    ]);
  });

  test.each([
    ["fuzzy_match", 1 - 3 / 7],
    ["rouge_1", 0],
  ])("%s of kitten and sitting is %s", (metric, score) => {
    const options = { metric, input: INPUT, reference: "sitting" };
    expect(scoreOf("text-similarity", { output: "kitten", options })).toBeCloseTo(score, 12);
  });

  test.each(["bleu", "gleu", "rouge_1", "rouge_2", "rouge_l", "fuzzy_match"])(
    "%s of equal texts is 1",
    (metric) => {
      const options = { metric, input: INPUT, reference: "a b c d" };
      expect(scoreOf("text-similarity", { output: "a b c d", options })).toBeCloseTo(1, 12);
    },
  );
});

describe("multi", () => {
  const check = { type: "string-check", options: { operation: "eq", input: INPUT, reference: "yes" } };
  const close = {
    type: "text-similarity",
    options: { metric: "fuzzy_match", input: INPUT, reference: "{{item.expected}}" },
  };
  const options = (calculateOutput: string) => ({ graders: { check, close }, calculateOutput });

  test("joins the graders' scores by its formula", () => {
    expect(
      judge("multi", { output: "yes", expected: "yet", options: options("0.25 * check + 0.75 * close") }),
    ).toEqual({
      status: "scored",
      score: 0.75,
      detail: "check 1.000, close 0.667",
    });
  });

  test.each(["check + close", "1 / (check - 1)", "log(0)", "0 / 0"])(
    "%s leaves 0 to 1 and is not scored",
    (formula) => {
      expect(scoreOf("multi", { output: "yes", expected: "yes", options: options(formula) })).toBe(
        "not_scored",
      );
    },
  );

  test("is not scored where a grader is not, and refuses a formula that cannot be read", () => {
    expect(judge("multi", { output: "yes", options: options("check") })).toEqual({
      status: "not_scored",
      reason: "close: there is no {{item.expected}}",
    });
    expect(() => judge("multi", { options: options("check + other") })).toThrow("is none of the graders");
  });

  test("asks a model where a grader does, and names it among what it refers to", async () => {
    const graders = {
      check,
      model: {
        type: "score-model",
        options: { model: "judge", messages: [{ role: "user", content: INPUT }] },
      },
    };
    const scorer = findScorer("multi-model");
    const multi = { graders, calculateOutput: "(check + model) / 2" };
    const { ports } = world({ reason: "", score: 0.5 });
    expect(await assess("multi-model", { output: "yes", options: multi }, ports)).toMatchObject({
      score: 0.75,
    });
    expect(scorer?.kind !== "deterministic" && scorer?.references(scorer.options.parse(multi))).toEqual({
      models: ["judge"],
    });
  });
});

describe.each([
  ["webhook", { connection: "hook", path: "/score" }, { connection: "hook", path: "/score" }],
  ["javascript", { file: "a.js", sha256: "0".repeat(64) }, { file: "a.js", sha256: "0".repeat(64) }],
])("%s", (...[type, options, call]) => {
  test("is told case, output and tool calls, and its score is taken", async () => {
    const { asked, ports } = world({ score: 0.5, reason: "so so" });
    const judged = { output: "x", expected: "y", calls: [["f", "{}"]] as [string, string][], options };
    expect(await assess(type, judged, ports)).toEqual({ status: "scored", score: 0.5, detail: "so so" });
    expect(asked).toEqual([
      {
        ...call,
        body: {
          testCase: { key: "k", variables: {}, expected: "y", tags: [] },
          output: "x",
          toolCalls: [{ id: "call_0", type: "function", function: { name: "f", arguments: "{}" } }],
        },
      },
    ]);
  });

  test.each<[Json]>([
    [{ score: 2 }],
    [{ score: "1" }],
    [{ score: null }],
    [{}],
    [1],
    [null],
    [{ score: -0.1 }],
  ])("that answers %j has no score", async (answer) => {
    expect(await assess(type, { output: "x", options }, world(answer).ports)).toMatchObject({
      status: "not_scored",
    });
  });
});

test.each(["//evil", "/a?b", "/a#b", "a", "/a\\b"])("a web hook's path may not be %j", (path) => {
  expect(findScorer("webhook")?.options.safeParse({ connection: "hook", path }).success).toBe(false);
});
