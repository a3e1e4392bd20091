import { z } from "zod";
import { defineScorer } from "../define-scorer.ts";
import { rougeOutcome, rougeSteps } from "../text-metrics/rouge-outcome.ts";

export const rougeL = defineScorer({
  type: "rouge-l",
  title: "ROUGE-L",
  description:
    "F1-score of the longest common subsequence of words of output and expectation (Lin 2004); of several expectations the best counts. Words are compared in lower case, not stemmed.",
  revision: 1,
  options: z.strictObject({}),
  steps: (input) => rougeSteps(input, { kind: "l" }),
  score: (input) => rougeOutcome(input, { kind: "l" }),
});
