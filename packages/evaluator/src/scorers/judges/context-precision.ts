import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { contextOption, withContext } from "../../judging/context.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput, textsOf } from "../../judging/judge-data.ts";

const Piece = z.strictObject({ reason: z.string(), useful: z.boolean() });

/** Average precision of the pieces in their order (context precision of Ragas): useful ones first is 1. */
export const contextPrecision = defineJudge({
  type: "context-precision",
  title: "Context precision (judge)",
  description:
    "A judge marks each piece of the context as useful for the expectation or not; the score is the average precision, which rewards useful pieces that come first.",
  revision: 1,
  options: { context: contextOption },
  verdict: z.strictObject({ pieces: z.array(Piece) }),
  narrowed: ({ testCase }, { context }) =>
    z.strictObject({ pieces: z.array(Piece).length(textsOf(testCase, context)?.length ?? 0) }),
  views: ({ testCase }, options) => {
    const { expected } = testCase;
    if (expected === undefined) return { gap: "the case has no expectation" };
    return withContext(testCase, options.context, (context) => [
      { input: caseInput(testCase, [options.context]), expected, context },
    ]);
  },
  score: ([verdict], { testCase }, { context }) => {
    const pieces = verdict?.pieces ?? [];
    const count = textsOf(testCase, context)?.length ?? 0;
    if (pieces.length !== count) return notScored(`the judge marked ${pieces.length} pieces of ${count}`);
    const marks = pieces.map(({ useful }) => useful);
    const useless = pieces.flatMap(({ reason, useful }, index) =>
      useful ? [] : [`${index + 1}: ${reason}`],
    );
    return scored(averagePrecision(marks), useless.join("\n") || undefined);
  },
});

/** Σ over useful ranks k of (useful among the first k) / k, over how many are useful; 0 when none is. */
function averagePrecision(marks: readonly boolean[]): number {
  let useful = 0;
  let sum = 0;
  marks.forEach((mark, index) => {
    if (!mark) return;
    useful += 1;
    sum += useful / (index + 1);
  });
  return useful === 0 ? 0 : sum / useful;
}
