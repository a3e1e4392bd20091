import { defineScorer } from "../define-scorer.ts";
import {
  TextSimilarityOptions,
  textSimilarityOutcome,
  textSimilaritySteps,
} from "../openai-graders/text-similarity.ts";

export const textSimilarity = defineScorer({
  type: "text-similarity",
  title: "Text similarity (OpenAI)",
  description:
    "OpenAI's text_similarity: how alike the input and the reference are, by the metric that is named.",
  revision: 1,
  options: TextSimilarityOptions,
  steps: textSimilaritySteps,
  score: textSimilarityOutcome,
});
