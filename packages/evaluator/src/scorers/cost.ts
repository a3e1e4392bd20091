import { z } from "zod";
import { defineScorer, measured, notScored } from "../define-scorer.ts";

export const cost = defineScorer({
  type: "cost",
  title: "Cost",
  description: "1 when the answer cost at most this much, else 0. Judges are not counted.",
  revision: 1,
  measure: { unit: "micro-units", direction: "minimize" },
  options: z.strictObject({
    maxMicros: z
      .number()
      .int()
      .min(0)
      .max(1_000_000_000_000)
      .describe("In millionths of the currency that prices are in: 1500 is 0.0015."),
  }),
  score: ({ costMicros }, { maxMicros }) => {
    if (costMicros === null) return notScored("the cost of the answer is not known; give the model a price");
    return measured(costMicros <= maxMicros ? 1 : 0, costMicros, `${costMicros} micro-units`);
  },
});
