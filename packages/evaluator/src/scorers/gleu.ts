import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { expectedTexts, NO_EXPECTED_TEXT } from "../expected-texts.ts";
import { ngramSteps } from "../text-metrics/count-ngrams.ts";
import { sentenceGleu } from "../text-metrics/sentence-gleu.ts";

export const gleu = defineScorer({
  type: "gleu",
  title: "GLEU",
  description:
    "Google's GLEU against the expectations: the smaller of precision and recall over runs of 1 to 4 tokens; the best expectation counts (Wu et al. 2016).",
  revision: 1,
  options: z.strictObject({}),
  steps: ({ output, testCase }) => ngramSteps([output, ...(expectedTexts(testCase) ?? [])]),
  score: ({ output, testCase }) => {
    const wanted = expectedTexts(testCase);
    return wanted === undefined ? notScored(NO_EXPECTED_TEXT) : scored(sentenceGleu(output, wanted));
  },
});
