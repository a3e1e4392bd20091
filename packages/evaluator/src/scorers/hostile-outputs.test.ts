import type { Json } from "@assay/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findScorer } from "../check-scorers.ts";
import { scoreOutput } from "../score-output.ts";
import { assess, judge, scoreOf } from "../testing/judge-output.ts";
import { NO_PORTS } from "../testing/no-ports.ts";
import { SCORERS } from "./index.ts";

const INPUT = "{{sample.output_text}}";
const REFERENCE = "{{item.expected}}";
const messages = [{ role: "user", content: `${INPUT} ${REFERENCE}` }];
const graders = {
  a: { type: "text-similarity", options: { metric: "rouge_l", input: INPUT, reference: REFERENCE } },
  b: {
    type: "string-check",
    options: { operation: "ilike", input: INPUT, reference: "{{sample.output_json.a}}" },
  },
};

/** Valid options of the scorers that cannot do without. */
const OPTIONS: Record<string, Record<string, Json>> = {
  regex: { pattern: "(a|b)+$" },
  "json-schema": { schema: { type: "object", uniqueItems: true } },
  "contains-json": { schema: { type: "object", required: ["a"] } },
  latency: { maxMs: 5 },
  tokens: { max: 5 },
  cost: { maxMicros: 5 },
  length: { unit: "sentences", max: 3 },
  language: { language: "en" },
  "pii-leak": { phoneCountry: "PL", ignoreGiven: true },
  "string-check": { operation: "like", input: INPUT, reference: REFERENCE },
  "text-similarity": { metric: "fuzzy_match", input: INPUT, reference: REFERENCE },
  multi: { graders, calculateOutput: "(a + b) / 2" },
  "multi-model": { graders, calculateOutput: "min(a, b)" },
  "label-model": { model: "m", messages, labels: ["x", "y"], passingLabels: ["x"] },
  "score-model": { model: "m", messages },
  webhook: { connection: "hook" },
  javascript: { file: "score.js", sha256: "0".repeat(64) },
};
const DETERMINISTIC = SCORERS.filter(({ kind }) => kind === "deterministic").map(({ type }) => type);

test("any output and expectation gets a score in 0..1 or a reason, and nothing throws", () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.constantFrom('{"a":1}', '{"__proto__":{"a":1}}', ""),
  );
  const expected = fc.option(fc.oneof(fc.jsonValue() as fc.Arbitrary<Json>, text, fc.array(text)), {
    nil: undefined,
  });
  fc.assert(
    fc.property(text, expected, (output, wanted) => {
      for (const type of DETERMINISTIC) {
        const judged = { output, options: OPTIONS[type] ?? {}, calls: [["f", output]] as [string, string][] };
        judge(type, { ...judged, ...(wanted === undefined ? {} : { expected: wanted }) });
      }
    }),
  );
});

test("a scorer that asks and gets no answer has no score", async () => {
  for (const { type, kind } of SCORERS) {
    // Judges that ask a prompt version have tests of their own.
    if (kind === "deterministic" || OPTIONS[type] === undefined) continue;
    const judged = { output: "x", expected: "y", options: OPTIONS[type] };
    if (type !== "multi-model") expect(await assess(type, judged)).toMatchObject({ status: "not_scored" });
  }
});

describe("a hostile output", () => {
  const MILLION = 1_000_000;
  const fill = (piece: string) => piece.repeat(Math.floor(MILLION / piece.length));
  const HOSTILE: [string, string][] = [
    ["brackets nested a hundred thousand deep", "[".repeat(100_000) + "]".repeat(100_000)],
    ["objects nested deep", '{"a":'.repeat(50_000)],
    ["a million brackets that never close", fill("[{")],
    ["very many keys", `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}":1`).join(",")}}`],
    ["prototypes", `[${Array.from({ length: 30_000 }, () => '{"__proto__":{"x":1}}').join(",")}]`],
    ["one letter", fill("a")],
    ["very many short words", fill("a b ")],
    ["very many numbers", fill("1 ")],
    ["digits alone", fill("7")],
    ["phone numbers", fill("+48600100200 ")],
    ["at signs", fill("a@")],
    ["quotes and backslashes", fill('\\"{')],
    ["beginnings of a refusal", fill("i'm sorry, but i ")],
    ["ends of sentences", fill(".\n")],
    ["combining marks", fill("e\u0301")],
  ];

  test.each(HOSTILE)(
    "of %s is judged by every scorer within its budget, or not scored",
    async (_, output) => {
      for (const type of DETERMINISTIC) {
        const outcome = await scoreOutput({
          uses: [{ type, weight: 1, options: OPTIONS[type] ?? {} }],
          passScore: 1,
          ports: NO_PORTS,
          output,
          toolCalls: [{ id: "c", type: "function", function: { name: "f", arguments: output } }],
          tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }],
          meanLogprob: -1,
          testCase: { key: "k", variables: {}, expected: output.slice(0, 50_000), tags: [] },
          latencyMs: 1,
          usage: { promptTokens: 1, completionTokens: 1 },
          costMicros: 1,
        });
        expect(["scored", "not_scored"]).toContain(outcome.status);
      }
    },
  );

  test("that nests too deep is no JSON rather than an error", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(scoreOf("is-json", { output: deep })).toBe(0);
    expect(scoreOf("contains-json", { output: deep })).toBe(0);
    expect(scoreOf("json-diff", { output: deep, expected: [] })).toBe(0);
  });
});

test("every scorer that needs options has valid ones here", () => {
  for (const scorer of SCORERS.filter(({ kind }) => kind === "deterministic"))
    expect(scorer.options.safeParse(OPTIONS[scorer.type] ?? {}).success, scorer.type).toBe(true);
  expect(findScorer("regex")?.options.safeParse({}).success).toBe(false);
});
