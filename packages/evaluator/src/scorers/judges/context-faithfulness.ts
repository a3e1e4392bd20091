import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { contextOption, shareOfMarks, withContext } from "../../judging/context.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput } from "../../judging/judge-data.ts";

/** The claims of the output that its context supports, over all it makes (faithfulness of Es et al., Ragas, 2023). */
export const contextFaithfulness = defineJudge({
  type: "context-faithfulness",
  title: "Context faithfulness (judge)",
  description: "A judge lists the claims of the output; the score is the share that the context supports.",
  revision: 1,
  options: { context: contextOption },
  verdict: z.strictObject({
    claims: z.array(z.strictObject({ claim: z.string(), supported: z.boolean() })),
  }),
  views: ({ output, testCase }, options) =>
    withContext(testCase, options.context, (context) => [
      { input: caseInput(testCase, [options.context]), output, context },
    ]),
  score: ([verdict]) => {
    const marks = verdict?.claims.map(({ claim, supported }) => ({ text: claim, holds: supported })) ?? [];
    if (marks.length === 0) return notScored("the judge found no claim in the output");
    const { share, detail } = shareOfMarks(marks, "not supported");
    return scored(share, detail);
  },
});
