import { defineAskingScorer } from "../define-scorer.ts";
import { LabelModelOptions, labelModelOutcome } from "../openai-graders/model-graders.ts";

export const labelModel = defineAskingScorer({
  type: "label-model",
  title: "Label by a model (OpenAI)",
  description:
    "OpenAI's label_model: a model chooses a label for the output; 1 when it is a passing one, else 0.",
  kind: "judge",
  revision: 1,
  options: LabelModelOptions,
  references: ({ model }) => ({ models: [model] }),
  assess: labelModelOutcome,
});
