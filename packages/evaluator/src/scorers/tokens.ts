import { LIMITS } from "@assay/core";
import { z } from "zod";
import { defineScorer, measured, notScored } from "../define-scorer.ts";

export const tokens = defineScorer({
  type: "tokens",
  title: "Tokens",
  description: "1 when the answer used so many completion tokens, else 0.",
  revision: 1,
  measure: { unit: "tokens", direction: "minimize" },
  options: z
    .strictObject({
      min: z.number().int().min(0).max(LIMITS.maxTokensMax).default(0).describe("The fewest that pass."),
      max: z.number().int().min(1).max(LIMITS.maxTokensMax).describe("The most that pass."),
    })
    .refine(({ min, max }) => min <= max, "min is above max"),
  score: ({ usage }, { min, max }) => {
    if (usage === undefined) return notScored("the engine did not report its token usage");
    const { completionTokens: count } = usage;
    return measured(count >= min && count <= max ? 1 : 0, count, `${count} tokens`);
  },
});
