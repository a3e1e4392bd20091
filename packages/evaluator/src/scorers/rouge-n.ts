import { z } from "zod";
import { defineScorer } from "../define-scorer.ts";
import { rougeOutcome, rougeSteps } from "../text-metrics/rouge-outcome.ts";

export const rougeN = defineScorer({
  type: "rouge-n",
  title: "ROUGE-N",
  description:
    "F1-score of the runs of n words that output and expectation share (Lin 2004); of several expectations the best counts. Words are compared in lower case, not stemmed.",
  revision: 1,
  options: z.strictObject({
    n: z.number().int().min(1).max(5).default(1).describe("Length of the runs of words that are compared."),
  }),
  steps: (input, { n }) => rougeSteps(input, { kind: "n", size: n }),
  score: (input, { n }) => rougeOutcome(input, { kind: "n", size: n }),
});
