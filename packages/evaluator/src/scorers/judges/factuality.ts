import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput } from "../../judging/judge-data.ts";

const Share = z.number().min(0).max(1);

/** The five ways two texts can relate of OpenAI's evals (`fact.yaml`), with the scores that autoevals gives them. */
export const factuality = defineJudge({
  type: "factuality",
  title: "Factuality (judge)",
  description:
    "A judge says how the facts of the output relate to those expected: the same, fewer, more, contradicting, or differing in nothing that matters.",
  revision: 1,
  options: {
    scores: z
      .strictObject({
        same: Share.default(1),
        immaterial: Share.default(1),
        superset: Share.default(0.6),
        subset: Share.default(0.4),
        contradiction: Share.default(0),
      })
      .prefault({})
      .describe("The score of each relation."),
  },
  verdict: z.strictObject({
    reason: z.string(),
    relation: z.enum(["subset", "superset", "same", "contradiction", "immaterial"]),
  }),
  views: ({ output, testCase }) => {
    const { expected } = testCase;
    if (expected === undefined) return { gap: "the case has no expectation" };
    return [{ input: caseInput(testCase), output, expected }];
  },
  score: ([verdict], _input, { scores }) => {
    if (verdict === undefined) return notScored("the judge was not asked");
    return scored(scores[verdict.relation], `${verdict.relation}: ${verdict.reason}`);
  },
});
