import type { ScoreOutcome } from "@assay/core";
import { z } from "zod";
import { defineAskingScorer, type ScoreInput, type ScorerPorts } from "../define-scorer.ts";
import { multiOptions, multiOutcome } from "../openai-graders/multi-grader.ts";
import { labelModel } from "./label-model.ts";
import { scoreModel } from "./score-model.ts";
import { similarity } from "./similarity.ts";
import { stringCheck } from "./string-check.ts";
import { textSimilarity } from "./text-similarity.ts";

const Grader = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("string-check"), options: stringCheck.options }),
  z.strictObject({ type: z.literal("text-similarity"), options: textSimilarity.options }),
  z.strictObject({ type: z.literal("similarity"), options: similarity.options }),
  z.strictObject({ type: z.literal("label-model"), options: labelModel.options }),
  z.strictObject({ type: z.literal("score-model"), options: scoreModel.options }),
]);
type Grader = z.infer<typeof Grader>;

export const multiModel = defineAskingScorer({
  type: "multi-model",
  title: "Formula over graders that ask a model (OpenAI)",
  description: "OpenAI's multi where one of the graders asks a model; otherwise as multi.",
  kind: "judge",
  revision: 1,
  options: multiOptions(Grader),
  references: ({ graders }) => ({
    models: [...new Set(Object.values(graders).flatMap((grader) => modelsOf(grader)))],
    ...(Object.values(graders).some(asksOwnModel) && { asksOwnModel: true }),
  }),
  assess: async (input, { graders, calculateOutput }, ports) => {
    const outcomes: [string, ScoreOutcome][] = [];
    for (const [name, grader] of Object.entries(graders))
      outcomes.push([name, await outcomeOf(grader, input, ports)]);
    return multiOutcome(calculateOutput, outcomes);
  },
});

function modelsOf({ options }: Grader): string[] {
  return "model" in options && options.model !== undefined ? [options.model] : [];
}

function asksOwnModel({ type, options }: Grader): boolean {
  return type === "similarity" && options.model === undefined;
}

async function outcomeOf(grader: Grader, input: ScoreInput, ports: ScorerPorts): Promise<ScoreOutcome> {
  switch (grader.type) {
    case "string-check":
      return stringCheck.score(input, grader.options);
    case "text-similarity":
      return textSimilarity.score(input, grader.options);
    case "similarity":
      return await similarity.assess(input, grader.options, ports);
    case "label-model":
      return await labelModel.assess(input, grader.options, ports);
    case "score-model":
      return await scoreModel.assess(input, grader.options, ports);
  }
}
