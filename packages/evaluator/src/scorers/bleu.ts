import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { expectedTexts, NO_EXPECTED_TEXT } from "../expected-texts.ts";
import { ngramSteps } from "../text-metrics/count-ngrams.ts";
import { sentenceBleu } from "../text-metrics/sentence-bleu.ts";

export const bleu = defineScorer({
  type: "bleu",
  title: "BLEU",
  description:
    "4-gram BLEU of the output against the expectations, as sacreBLEU computes it for a sentence: 13a tokens, exponential smoothing, brevity penalty (Papineni et al. 2002, Post 2018).",
  revision: 1,
  options: z.strictObject({}),
  steps: ({ output, testCase }) => ngramSteps([output, ...(expectedTexts(testCase) ?? [])]),
  score: ({ output, testCase }) => {
    const wanted = expectedTexts(testCase);
    return wanted === undefined ? notScored(NO_EXPECTED_TEXT) : scored(sentenceBleu(output, wanted));
  },
});
