import type { Case, Json } from "@assay/core";
import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput } from "../../judging/judge-data.ts";

/** Asked in both orders, because judges prefer positions (Zheng et al., NeurIPS 2023). */
export const pairwise = defineJudge({
  type: "pairwise",
  title: "Pairwise (judge)",
  description:
    "A judge compares the output with a reference, asked twice with the positions swapped: 1 when the output is better, 0 when it is worse, 0.5 for a tie or when the two answers disagree.",
  revision: 1,
  options: {
    criteria: z
      .string()
      .min(1)
      .max(10_000)
      .default("Which answers what was asked more correctly, completely and clearly?")
      .describe("By what the two are compared."),
    against: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .describe("The variable of the case that holds the reference; its expectation when left out."),
  },
  verdict: z.strictObject({ reason: z.string(), better: z.enum(["first", "second", "tie"]) }),
  views: ({ output, testCase }, { criteria, against }) => {
    const reference = referenceOf(testCase, against);
    if (reference === undefined) return { gap: "the case has nothing to compare the output with" };
    const about = { input: caseInput(testCase, against === undefined ? [] : [against]), criteria };
    return [
      { ...about, first: output, second: reference },
      { ...about, first: reference, second: output },
    ];
  },
  score: ([straight, swapped]) => {
    if (straight === undefined || swapped === undefined) return notScored("the judge was not asked twice");
    const asFirst = { first: 1, second: 0, tie: 0.5 }[straight.better];
    const asSecond = { first: 0, second: 1, tie: 0.5 }[swapped.better];
    const reasons = `first: ${straight.reason}\nsecond: ${swapped.reason}`;
    if (asFirst === asSecond) return scored(asFirst, reasons);
    return scored(0.5, `the positions decided\n${reasons}`);
  },
});

function referenceOf({ expected, variables }: Case, against: string | undefined): Json | undefined {
  return against === undefined ? expected : variables?.[against];
}
