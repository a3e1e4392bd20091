import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput } from "../../judging/judge-data.ts";

/** After `closedqa.yaml` of OpenAI's evals: one criterion, answered with yes or no. */
export const closedQa = defineJudge({
  type: "closed-qa",
  title: "Closed question (judge)",
  description: "A judge answers one yes-or-no question about the output; yes is 1.",
  revision: 1,
  options: {
    question: z
      .string()
      .min(1)
      .max(10_000)
      .describe("A question about the output, to be answered with yes or no."),
  },
  verdict: z.strictObject({ reason: z.string(), answer: z.enum(["yes", "no"]) }),
  views: ({ output, testCase }, { question }) => [{ input: caseInput(testCase), output, question }],
  score: ([verdict]) => {
    if (verdict === undefined) return notScored("the judge was not asked");
    return scored(verdict.answer === "yes" ? 1 : 0, verdict.reason);
  },
});
