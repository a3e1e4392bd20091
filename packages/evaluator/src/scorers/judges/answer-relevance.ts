import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput } from "../../judging/judge-data.ts";

const SCORES = { full: 1, partial: 0.5, none: 0 };

export const answerRelevance = defineJudge({
  type: "answer-relevance",
  title: "Answer relevance (judge)",
  description:
    "A judge says whether the output answers what was asked: 1 in full, 0.5 in part, 0 not at all.",
  revision: 1,
  options: {},
  verdict: z.strictObject({ reason: z.string(), relevance: z.enum(["full", "partial", "none"]) }),
  views: ({ output, testCase }) => [{ input: caseInput(testCase), output }],
  score: ([verdict]) => {
    if (verdict === undefined) return notScored("the judge was not asked");
    return scored(SCORES[verdict.relevance], verdict.reason);
  },
});
