import { z } from "zod";

/** How many results lie from `from` up to `to`; the last bin includes its end. */
export const ScoreBin = z.object({
  from: z.number(),
  to: z.number(),
  passed: z.number().int(),
  notPassed: z.number().int(),
});
export type ScoreBin = z.infer<typeof ScoreBin>;

/** A run's results, counted one by one: each repeat of a case is one. */
export const RunBreakdown = z.object({
  scores: z.array(ScoreBin),
  /** Whole runs of milliseconds, as wide as makes at most 20 of them. */
  latencies: z.array(z.object({ fromMs: z.number(), toMs: z.number(), count: z.number().int() })),
  /** Why results have no score, the most frequent first. */
  reasons: z.array(
    z.object({
      status: z.enum(["not_scored", "failed"]),
      reason: z.string(),
      count: z.number().int(),
      /** Some of the cases. */
      caseKeys: z.array(z.string()),
    }),
  ),
});
export type RunBreakdown = z.infer<typeof RunBreakdown>;
