import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput } from "../../judging/judge-data.ts";

export const llmRubric = defineJudge({
  type: "llm-rubric",
  title: "Rubric (judge)",
  description:
    "A judge decides whether the output meets criteria in plain words, or else the case's expectation.",
  revision: 1,
  options: {
    criteria: z
      .string()
      .min(1)
      .max(10_000)
      .optional()
      .describe("What the output must do; the case's expectation when left out."),
  },
  verdict: z.strictObject({ reason: z.string(), pass: z.boolean() }),
  views: ({ output, testCase }, options) => {
    const criteria = options.criteria ?? testCase.expected;
    if (criteria === undefined) return { gap: "there are no criteria: neither the use nor the case has any" };
    return [{ input: caseInput(testCase), output, criteria }];
  },
  score: ([verdict]) => {
    if (verdict === undefined) return notScored("the judge was not asked");
    return scored(verdict.pass ? 1 : 0, verdict.reason);
  },
});
