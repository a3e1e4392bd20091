import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { expectedTexts, NO_EXPECTED_TEXT } from "../expected-texts.ts";
import { chrfScore } from "../text-metrics/chrf-score.ts";
import { ngramSteps } from "../text-metrics/count-ngrams.ts";

export const chrf = defineScorer({
  type: "chrf",
  title: "chrF",
  description:
    "F-score of the runs of 1 to 6 characters that output and expectation share, as sacreBLEU computes it (Popović 2015); of several expectations the best counts. Good for languages with many word forms.",
  revision: 1,
  options: z.strictObject({
    beta: z
      .number()
      .min(0.1)
      .max(10)
      .default(2)
      .describe("How many times as much recall weighs as precision."),
  }),
  steps: ({ output, testCase }) => {
    const wanted = expectedTexts(testCase) ?? [];
    return ngramSteps(wanted.flatMap((text) => [output, text]));
  },
  score: ({ output, testCase }, { beta }) => {
    const wanted = expectedTexts(testCase);
    if (wanted === undefined) return notScored(NO_EXPECTED_TEXT);
    return scored(Math.max(...wanted.map((text) => chrfScore(output, text, beta))));
  },
});
