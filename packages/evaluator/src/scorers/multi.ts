import { z } from "zod";
import { defineScorer } from "../define-scorer.ts";
import { multiOptions, multiOutcome } from "../openai-graders/multi-grader.ts";
import { stringCheck } from "./string-check.ts";
import { textSimilarity } from "./text-similarity.ts";

const Grader = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("string-check"), options: stringCheck.options }),
  z.strictObject({ type: z.literal("text-similarity"), options: textSimilarity.options }),
]);

export const multi = defineScorer({
  type: "multi",
  title: "Formula over graders (OpenAI)",
  description:
    "OpenAI's multi: several graders joined by a formula. Not scored where one of them is not, or the formula leaves 0 to 1.",
  revision: 1,
  options: multiOptions(Grader),
  steps: (input, { graders }) =>
    Object.values(graders).reduce(
      (sum, { type, options }) =>
        sum +
        (type === "text-similarity" ? (textSimilarity.steps?.(input, options) ?? 0) : input.output.length),
      0,
    ),
  score: (input, { graders, calculateOutput }) =>
    multiOutcome(
      calculateOutput,
      Object.entries(graders).map(([name, { type, options }]) => [
        name,
        type === "string-check" ? stringCheck.score(input, options) : textSimilarity.score(input, options),
      ]),
    ),
});
