import { defineScorer } from "../define-scorer.ts";
import { StringCheckOptions, stringCheckOutcome } from "../openai-graders/string-check.ts";

export const stringCheck = defineScorer({
  type: "string-check",
  title: "String check (OpenAI)",
  description: "OpenAI's string_check: 1 when the input equals, or contains, the reference; else 0.",
  revision: 1,
  options: StringCheckOptions,
  score: stringCheckOutcome,
});
