import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Json } from "./canonical-json.ts";
import { resolveScorerAlias, SCORER_ALIASES } from "./scorer-alias.ts";
import { ScorerEntry } from "./scorer-entry.ts";
import { SuiteSpec } from "./suite.ts";

const parse = (entry: unknown) => ScorerEntry.parse(entry);
const problems = (entry: Json) => {
  const parsed = ScorerEntry.safeParse(entry);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

describe("a scorer by promptfoo's name", () => {
  test("is ours with options, under the name that was written", () => {
    expect(parse({ type: "icontains-any", options: { values: ["a"] } })).toEqual({
      type: "contains",
      name: "icontains-any",
      weight: 1,
      options: { values: ["a"], match: "any", ignoreCase: true },
    });
    expect(parse({ type: "equals", name: "same", weight: 2 })).toEqual({
      type: "exact-match",
      name: "same",
      weight: 2,
      options: { trim: false },
    });
  });

  test("with not- before it is its opposite, and the opposite of that is itself", () => {
    expect(parse({ type: "not-icontains" })).toMatchObject({ type: "contains", negate: true });
    expect(parse({ type: "not-regex", options: { pattern: "x" } })).toEqual({
      type: "regex",
      name: "not-regex",
      weight: 1,
      negate: true,
      options: { pattern: "x" },
    });
    expect(parse({ type: "not-regex", negate: true, options: {} })).toMatchObject({ negate: false });
  });

  test("stays what it has become when it is read again", () => {
    for (const name of [...SCORER_ALIASES, "not-equals", "not-levenshtein"]) {
      const once = parse({ type: name });
      expect(parse(once)).toEqual(once);
      expect(resolveScorerAlias(once.type)).toBeUndefined();
    }
  });
});

describe("a grader of OpenAI's", () => {
  const input = "{{sample.output_text}}";
  const reference = "{{item.label}}";
  test.each<[Json, object]>([
    [
      { type: "string_check", name: "same", operation: "ilike", input, reference },
      { type: "string-check", name: "same", weight: 1, options: { operation: "ilike", input, reference } },
    ],
    [
      { type: "text_similarity", evaluation_metric: "rouge_l", pass_threshold: 0.8, input, reference },
      {
        type: "text-similarity",
        weight: 1,
        threshold: 0.8,
        options: { metric: "rouge_l", input, reference },
      },
    ],
    [
      { type: "text_similarity", evaluation_metric: "cosine", input, reference },
      { type: "similarity", weight: 1, options: { input, reference } },
    ],
    [
      {
        type: "label_model",
        model: "judge",
        input: [{ role: "user", content: { type: "input_text", text: input } }],
        labels: ["good", "bad"],
        passing_labels: ["good"],
      },
      {
        type: "label-model",
        weight: 1,
        options: {
          model: "judge",
          messages: [{ role: "user", content: input }],
          labels: ["good", "bad"],
          passingLabels: ["good"],
        },
      },
    ],
    [
      {
        type: "score_model",
        model: "judge",
        input: [{ role: "user", content: input }],
        range: [1, 5],
        pass_threshold: 4,
      },
      {
        type: "score-model",
        weight: 1,
        threshold: 0.75,
        options: { model: "judge", messages: [{ role: "user", content: input }], range: [1, 5] },
      },
    ],
    [
      {
        type: "multi",
        graders: { same: { type: "string_check", name: "x", operation: "eq", input, reference } },
        calculate_output: "same",
      },
      {
        type: "multi",
        weight: 1,
        options: {
          graders: { same: { type: "string-check", options: { operation: "eq", input, reference } } },
          calculateOutput: "same",
        },
      },
    ],
  ])("%j is a use of a scorer", (grader, use) => {
    expect(parse(grader)).toEqual(use);
    expect(parse(parse(grader))).toEqual(use);
  });

  test("that asks a model makes the whole of a multi ask", () => {
    const graders = { close: { type: "text_similarity", evaluation_metric: "cosine", input, reference } };
    expect(parse({ type: "multi", graders, calculate_output: "close" })).toMatchObject({
      type: "multi-model",
    });
  });

  test.each<[Json, RegExp]>([
    [{ type: "python", source: "def grade(): pass" }, /^type: python graders are not taken/],
    [{ type: "string_check", operation: "eq", input }, /^reference: /],
    [{ type: "text_similarity", evaluation_metric: "meteor", input, reference }, /meteor needs WordNet/],
    [
      { type: "label_model", model: "m", input: [], labels: ["a", "b"], passing_labels: ["c"] },
      /^input: Too small/,
    ],
    [
      {
        type: "score_model",
        model: "m",
        input: [{ role: "user", content: "x" }],
        sampling_params: { temperature: 1 },
      },
      /temperature 0/,
    ],
  ])("%j is refused with the reason", (grader, message) => {
    expect(problems(grader).join("\n")).toMatch(message);
  });
});

test("a mistake in a plain use is told at its place", () => {
  const spec = { prompt: "p", dataset: "d", scorers: [{ type: "regex", weight: -1 }] };
  expect(SuiteSpec.safeParse(spec).error?.issues.map(({ path }) => path)).toEqual([["scorers", 0, "weight"]]);
});

test("what a suite accepts and what it stores can both be documented", () => {
  const accepted = JSON.stringify(z.toJSONSchema(SuiteSpec, { io: "input" }));
  expect(accepted).toContain("calculate_output");
  expect(JSON.stringify(z.toJSONSchema(SuiteSpec))).not.toContain("calculate_output");
});
