import { LIMITS } from "@assay/core";
import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";

export const tokens = defineScorer({
  type: "tokens",
  title: "Tokens",
  description: "1 when the answer used at most this many completion tokens, else 0.",
  revision: 1,
  options: z.strictObject({ max: z.number().int().min(1).max(LIMITS.maxTokensMax) }),
  score: ({ usage }, { max }) => {
    if (usage === undefined) return notScored("the engine did not report its token usage");
    return scored(usage.completionTokens <= max ? 1 : 0, `${usage.completionTokens} tokens`);
  },
});
