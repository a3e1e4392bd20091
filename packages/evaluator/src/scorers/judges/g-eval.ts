import { z } from "zod";
import { measured, notScored } from "../../define-scorer.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput } from "../../judging/judge-data.ts";

/** After G-Eval (Liu et al., EMNLP 2023), with the points as answered instead of weighted by token probabilities. */
export const gEval = defineJudge({
  type: "g-eval",
  title: "G-Eval (judge)",
  description: "A judge follows steps and gives 1 to 5 points for criteria; the score is (points − 1) / 4.",
  revision: 1,
  measure: { unit: "points of 5", direction: "maximize" },
  options: {
    criteria: z.string().min(1).max(10_000).describe("What the points are for."),
    steps: z
      .array(z.string().min(1).max(2_000))
      .max(20)
      .default([])
      .describe("What the judge does, in order, before it gives points."),
  },
  verdict: z.strictObject({ reason: z.string(), points: z.literal([1, 2, 3, 4, 5]) }),
  views: ({ output, testCase }, { criteria, steps }) => [
    { input: caseInput(testCase), output, criteria, steps },
  ],
  score: ([verdict]) => {
    if (verdict === undefined) return notScored("the judge was not asked");
    return measured((verdict.points - 1) / 4, verdict.points, verdict.reason);
  },
});
