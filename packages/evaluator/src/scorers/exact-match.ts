import { sameJson } from "@assay/core";
import { z } from "zod";
import { defineScorer, notScored, type ScoreInput, scored } from "../define-scorer.ts";
import { expectedJson } from "../expected-json.ts";
import { expectedText, normalizeText } from "../expected-text.ts";
import { parseJson } from "../parse-json.ts";

export const exactMatch = defineScorer({
  type: "exact-match",
  title: "Exact match",
  description: "1 when the output is the expectation, as text or as JSON whatever the order of keys; else 0.",
  revision: 1,
  options: z.strictObject({
    ignoreCase: z.boolean().default(false).describe("Compare text without regard to case."),
    trim: z.boolean().default(true).describe("Leave out white space around text."),
    json: z.boolean().default(false).describe("Read both sides as JSON and compare the values."),
  }),
  score: (input, options) => (options.json ? scoreJson(input) : scoreText(input, options)),
});

function scoreText({ output, testCase }: ScoreInput, how: { ignoreCase: boolean; trim: boolean }) {
  const expected = expectedText(testCase);
  if (testCase.expected === undefined) return notScored("the case has no expectation");
  if (expected === undefined) return notScored("the expectation is not text; set the option json");
  return scored(normalizeText(output, how) === normalizeText(expected, how) ? 1 : 0);
}

function scoreJson({ output, testCase }: ScoreInput) {
  const expected = expectedJson(testCase);
  if (!expected.ok) return notScored(expected.message);
  const found = parseJson(output);
  if (!found.ok) return scored(0, `the output is not JSON: ${found.message}`);
  return scored(sameJson(found.value, expected.value) ? 1 : 0);
}
