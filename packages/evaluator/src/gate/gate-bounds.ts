import type { GatePolicy } from "@assay/core";
import type { CaseScores } from "../case-tallies.ts";
import { SCORE_RANGE, type ValueRange } from "../statistics/mean-interval.ts";
import { DIFFERENCE_RANGE } from "../statistics/paired-difference.ts";

/** A bound that a mean over independent cases is held against; the mean must not lie below it. */
export interface GateBound {
  clause: "minScore" | "maxRegression" | "minImprovement" | "maxLatencyP95Ms";
  /** Null for the score of the case. */
  metric: string | null;
  /** In the unit of the mean: a score, a difference of scores, or a share of answers. */
  bound: number;
  range: ValueRange;
  /** The mean itself is compared, not the bound of its interval. */
  onMean: boolean;
  /** Must lie above the bound, not on it. */
  isStrict: boolean;
  /** The answers' latency may be this, in milliseconds; null for scores. */
  limitMs: number | null;
}

/** Of all answers, those that must be within the latency limit. */
export const FAST_SHARE = 0.95;

/** Every statistical bound of a policy, in the order of its clauses: for the score, for each metric, for latency. */
export function boundsOfPolicy(policy: GatePolicy): GateBound[] {
  const { minScore, maxRegression, minImprovement, maxLatencyP95Ms, metrics = [] } = policy;
  const bounds = scoreBounds(null, { minScore, maxRegression, minImprovement });
  for (const { name, ...of } of metrics) bounds.push(...scoreBounds(name, of));
  if (maxLatencyP95Ms !== undefined) {
    const about = { clause: "maxLatencyP95Ms", bound: FAST_SHARE, limitMs: maxLatencyP95Ms } as const;
    bounds.push({ ...PLAIN, ...about, range: SCORE_RANGE });
  }
  return bounds;
}

const PLAIN = { metric: null, onMean: false, isStrict: false, limitMs: null } as const;

function scoreBounds(
  metric: string | null,
  {
    minScore,
    maxRegression,
    minImprovement,
  }: Pick<GatePolicy, "minScore" | "maxRegression" | "minImprovement">,
): GateBound[] {
  const bounds: GateBound[] = [];
  const plain = { ...PLAIN, metric };
  if (minScore !== undefined) {
    const { score: bound, on } = minScore;
    bounds.push({ ...plain, clause: "minScore", bound, range: SCORE_RANGE, onMean: on === "mean" });
  }
  if (maxRegression !== undefined) {
    bounds.push({ ...plain, clause: "maxRegression", bound: 0 - maxRegression, range: DIFFERENCE_RANGE });
  }
  if (minImprovement !== undefined) {
    const about = { clause: "minImprovement", bound: minImprovement, isStrict: true } as const;
    bounds.push({ ...plain, ...about, range: DIFFERENCE_RANGE });
  }
  return bounds;
}

/** Is it about the difference to the incumbent? */
export function isRelative({ range }: GateBound): boolean {
  return range === DIFFERENCE_RANGE;
}

/** What a case contributes to the mean of a bound; nothing when it, or its partner, has no such value. */
export function valuesOf(
  { metric, limitMs, ...bound }: Pick<GateBound, "metric" | "limitMs" | "range">,
  candidate: CaseScores,
  incumbent: CaseScores | undefined,
): number[] {
  if (limitMs !== null) return candidate.latenciesMs.map((latencyMs) => (latencyMs <= limitMs ? 1 : 0));
  const value = scoreOf(candidate, metric);
  if (value === null) return [];
  if (bound.range !== DIFFERENCE_RANGE) return [value];
  const other = incumbent === undefined ? null : scoreOf(incumbent, metric);
  return other === null ? [] : [value - other];
}

/**
 * The same, with the worst that is possible wherever a value is unknown: what failed or was not scored may not help a
 * version to pass, or it would choose what it is measured on.
 */
export function worstValuesOf(
  { metric, limitMs, range }: Pick<GateBound, "metric" | "limitMs" | "range">,
  candidate: CaseScores,
  incumbent: CaseScores | undefined,
): number[] {
  if (limitMs !== null) {
    const known = valuesOf({ metric, limitMs, range }, candidate, incumbent);
    return [...known, ...Array.from({ length: candidate.failed }, () => 0)];
  }
  const value = scoreOf(candidate, metric) ?? SCORE_RANGE.min;
  if (range !== DIFFERENCE_RANGE) return [value];
  const other = incumbent === undefined ? null : scoreOf(incumbent, metric);
  return [value - (other ?? SCORE_RANGE.max)];
}

/** The score of a case, or of one of its metrics. */
export function scoreOf(one: CaseScores, metric: string | null): number | null {
  return metric === null ? one.score : (one.metrics[metric] ?? null);
}
