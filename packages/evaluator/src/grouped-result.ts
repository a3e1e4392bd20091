import type { RunResult } from "@assay/core";
import type { RepeatScore } from "./case-tallies.ts";

/** A result with its case's group, which results do not carry. */
export type GroupedResult = RunResult & { group?: string | null | undefined };

/** What of a result a gate and a summary count. */
export function repeatOf(result: GroupedResult): RepeatScore {
  const { caseKey, group = null, tags, outcome, latencyMs, costMicros } = result;
  if (outcome.status === "failed") return { caseKey, group, tags, outcome, latencyMs, costMicros };
  const metrics = outcome.metrics.map(({ name, outcome: metric }) => ({
    name,
    score: metric.status === "scored" ? metric.score : null,
  }));
  return { caseKey, group, tags, outcome, metrics, latencyMs, costMicros };
}
