import { defineAskingScorer } from "../define-scorer.ts";
import { ScoreModelOptions, scoreModelOutcome } from "../openai-graders/model-graders.ts";

export const scoreModel = defineAskingScorer({
  type: "score-model",
  title: "Score by a model (OpenAI)",
  description:
    "OpenAI's score_model: a model gives the output a number within a range, which becomes 0 to 1.",
  kind: "judge",
  revision: 1,
  measure: { unit: "points", direction: "maximize" },
  options: ScoreModelOptions,
  references: ({ model }) => ({ models: [model] }),
  assess: scoreModelOutcome,
});
