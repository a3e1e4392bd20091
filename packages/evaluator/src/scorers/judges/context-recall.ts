import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { contextOption, shareOfMarks, withContext } from "../../judging/context.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput } from "../../judging/judge-data.ts";

const Statement = z.strictObject({ statement: z.string(), found: z.boolean() });

/** The statements of the expectation that the context holds, over all of them (context recall of Ragas). */
export const contextRecall = defineJudge({
  type: "context-recall",
  title: "Context recall (judge)",
  description: "A judge splits the expectation into statements; the score is the share found in the context.",
  revision: 1,
  options: { context: contextOption },
  verdict: z.strictObject({ statements: z.array(Statement) }),
  // An expectation says something.
  narrowed: () => z.strictObject({ statements: z.array(Statement).min(1) }),
  views: ({ testCase }, options) => {
    const { expected } = testCase;
    if (expected === undefined) return { gap: "the case has no expectation" };
    return withContext(testCase, options.context, (context) => [
      { input: caseInput(testCase, [options.context]), expected, context },
    ]);
  },
  score: ([verdict]) => {
    const marks =
      verdict?.statements.map(({ statement, found }) => ({ text: statement, holds: found })) ?? [];
    if (marks.length === 0) return notScored("the judge found no statement in the expectation");
    const { share, detail } = shareOfMarks(marks, "not in the context");
    return scored(share, detail);
  },
});
