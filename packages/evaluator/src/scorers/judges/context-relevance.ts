import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { contextOption, withContext } from "../../judging/context.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput, textsOf } from "../../judging/judge-data.ts";

const SCORES = { full: 1, partial: 0.5, none: 0 };
const Piece = z.strictObject({ reason: z.string(), relevance: z.enum(["full", "partial", "none"]) });

export const contextRelevance = defineJudge({
  type: "context-relevance",
  title: "Context relevance (judge)",
  description:
    "A judge says of each piece of the context whether it bears on what was asked: 1 in full, 0.5 in part, 0 not; the score is their mean.",
  revision: 1,
  options: { context: contextOption },
  verdict: z.strictObject({ pieces: z.array(Piece) }),
  narrowed: ({ testCase }, { context }) =>
    z.strictObject({ pieces: z.array(Piece).length(textsOf(testCase, context)?.length ?? 0) }),
  views: ({ testCase }, options) =>
    withContext(testCase, options.context, (context) => [
      { input: caseInput(testCase, [options.context]), context },
    ]),
  score: ([verdict], { testCase }, { context }) => {
    const pieces = verdict?.pieces ?? [];
    const count = textsOf(testCase, context)?.length ?? 0;
    if (pieces.length !== count || count === 0)
      return notScored(`the judge marked ${pieces.length} pieces of ${count}`);
    const sum = pieces.reduce((total, { relevance }) => total + SCORES[relevance], 0);
    const lacking = pieces.flatMap(({ reason, relevance }, index) =>
      relevance === "full" ? [] : [`${index + 1}: ${reason}`],
    );
    return scored(sum / count, lacking.join("\n") || undefined);
  },
});
