import { z } from "zod";
import { notScored, scored } from "../../define-scorer.ts";
import { defineJudge } from "../../judging/define-judge.ts";
import { caseInput, textsOf } from "../../judging/judge-data.ts";

const ALTERNATIVES_MAX = 7;
const PLACES = [1, 2, 3, 4, 5, 6, 7, 8];

export const selectBest = defineJudge({
  type: "select-best",
  title: "Select best (judge)",
  description:
    "A judge picks the best of the output and the case's alternatives, once for each place the output can stand in; the score is the share of picks it wins.",
  revision: 1,
  options: {
    criteria: z
      .string()
      .min(1)
      .max(10_000)
      .default("Which answers what was asked most correctly, completely and clearly?")
      .describe("By what the best is picked."),
    alternatives: z
      .string()
      .min(1)
      .max(64)
      .default("alternatives")
      .describe(`The variable of the case that holds the other answers, ${ALTERNATIVES_MAX} at most.`),
  },
  verdict: z.strictObject({ reason: z.string(), best: z.literal(PLACES) }),
  narrowed: ({ testCase }, { alternatives }) => {
    const count = 1 + (textsOf(testCase, alternatives)?.length ?? 0);
    return z.strictObject({ reason: z.string(), best: z.literal(PLACES.slice(0, count)) });
  },
  views: ({ output, testCase }, { criteria, alternatives }) => {
    const others = textsOf(testCase, alternatives);
    if (others === undefined)
      return { gap: `the case has no alternatives in its variable "${alternatives}"` };
    if (others.length > ALTERNATIVES_MAX) return { gap: `more than ${ALTERNATIVES_MAX} alternatives` };
    const about = { input: caseInput(testCase, [alternatives]), criteria };
    const all = [output, ...others];
    return all.map((_, place) => ({ ...about, candidates: rotated(all, place) }));
  },
  score: (verdicts) => {
    const count = verdicts.length;
    const strange = verdicts.find(({ best }) => best > count);
    if (strange !== undefined) return notScored(`the judge picked answer ${strange.best} of ${count}`);
    const wins = verdicts.filter(({ best }, place) => best === place + 1).length;
    const reasons = verdicts.map(({ reason, best }) => `${best}: ${reason}`).join("\n");
    return scored(wins / count, `picked ${wins} of ${count} times\n${reasons}`);
  },
});

/** The list with its first member at `place` and the others after it, round about. */
function rotated(all: readonly string[], place: number): string[] {
  const cut = (all.length - place) % all.length;
  return [...all.slice(cut), ...all.slice(0, cut)];
}
