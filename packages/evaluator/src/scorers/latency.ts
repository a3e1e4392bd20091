import { z } from "zod";
import { defineScorer, measured, notScored } from "../define-scorer.ts";

export const latency = defineScorer({
  type: "latency",
  title: "Latency",
  description: "1 when the answer took at most this long, queueing left out; else 0.",
  revision: 1,
  measure: { unit: "ms", direction: "minimize" },
  options: z.strictObject({
    maxMs: z.number().int().min(1).max(3_600_000).describe("The longest that passes, in milliseconds."),
  }),
  score: ({ latencyMs }, { maxMs }) => {
    if (latencyMs === null) return notScored("the latency was not measured");
    return measured(latencyMs <= maxMs ? 1 : 0, latencyMs, `${Math.round(latencyMs)} ms`);
  },
});
