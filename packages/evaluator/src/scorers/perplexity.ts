import { z } from "zod";
import { defineScorer, measured, notScored } from "../define-scorer.ts";

export const perplexity = defineScorer({
  type: "perplexity",
  title: "Perplexity",
  description:
    "How sure the model was of its own words: exp of minus the mean logarithm of the tokens' probabilities. The score is 1 over it, the geometric mean of the probabilities; with max 1 up to there, else 0.",
  revision: 1,
  measure: { unit: "perplexity", direction: "minimize" },
  needsLogprobs: true,
  options: z.strictObject({
    max: z
      .number()
      .min(1)
      .max(1e9)
      .optional()
      .describe("Make it pass or fail: 1 at this perplexity or less."),
  }),
  score: ({ meanLogprob }, { max }) => {
    if (meanLogprob === null) return notScored("the engine did not report the probabilities of the tokens");
    const value = Math.exp(-meanLogprob);
    if (!Number.isFinite(value)) return notScored("a token had no probability");
    return measured(max === undefined ? 1 / value : value <= max ? 1 : 0, value);
  },
});
