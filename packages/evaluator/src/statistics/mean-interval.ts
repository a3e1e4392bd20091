import type { Interval } from "@assay/core";
import { type GroupedValues, groupValues, type Observation } from "./observation.ts";
import { TAIL, tPoint, zPoint } from "./student-t.ts";
import { wilsonInterval } from "./wilson-interval.ts";

/** The least and the greatest value that is possible at all. */
export interface ValueRange {
  min: number;
  max: number;
}

/** Scores of cases. */
export const SCORE_RANGE: ValueRange = { min: 0, max: 1 };

const NOTHING: Interval = { mean: null, lower: null, upper: null };

/**
 * Mean of the cases with its 95 % interval, in the unit of the values and within `range`. One observation per case:
 * average repeats first. Bounds are null when there are fewer than two independent groups.
 *
 * Scores that are all 0 or 1 are a share: Wilson's interval, on the effective number of cases. Everything else:
 * Student's t with G − 1 degrees of freedom on the cluster-robust error, widened to `unseenBounds`.
 */
export function meanInterval(
  observations: readonly Observation[],
  range: ValueRange = SCORE_RANGE,
  tail: number = TAIL,
): Interval {
  if (observations.length === 0) return NOTHING;
  const grouped = groupValues(observations);
  const { mean, groupCount, standardError } = grouped;
  if (standardError === null) return { mean, lower: null, upper: null };
  const isShare =
    range.min === 0 && range.max === 1 && observations.every(({ value }) => value === 0 || value === 1);
  if (isShare) return { mean, ...wilsonInterval(mean, effectiveCount(grouped), zPoint(tail)) };
  const half = tPoint(groupCount - 1, tail) * standardError;
  const unseen = unseenBounds(grouped, range, tail);
  return {
    mean,
    lower: Math.max(range.min, Math.min(mean - half, unseen.lower)),
    upper: Math.min(range.max, Math.max(mean + half, unseen.upper)),
  };
}

/**
 * How many independent cases a clustered sample of shares is worth: n / deff, corrected for the few degrees of freedom
 * that G groups leave. When all cases agree the design effect cannot be seen, and each group counts once.
 *
 * Korn & Graubard, Survey Methodology 24 (1998); compared by Dean & Pagano, J. Survey Statistics and Methodology 3
 * (2015).
 */
function effectiveCount({ count, groupCount, mean, standardError }: GroupedValues): number {
  if (groupCount === count) return count;
  const independentVariance = (mean * (1 - mean)) / (count - 1);
  if (independentVariance === 0 || standardError === null) return groupCount;
  const designEffect = Math.max(1, standardError ** 2 / independentVariance);
  const freedom = (tPoint(count - 1) / tPoint(groupCount - 1)) ** 2;
  return (count / designEffect) * freedom;
}

/**
 * What a sample cannot rule out however much its values agree: that a share q of the population, none of it seen in
 * G independent groups, lies at the end of the range. q is Wilson's upper bound for 0 of G, z² / (G + z²), the "rule
 * of three" of Hanley & Lippman-Hand, JAMA 249 (1983). Without it an interval around nearly constant values would be
 * narrower than around constant ones, and one worse case could turn a verdict to the better.
 */
function unseenBounds(
  { mean, groupCount }: GroupedValues,
  range: ValueRange,
  tail: number,
): { lower: number; upper: number } {
  const z2 = zPoint(tail) ** 2;
  const unseenShare = z2 / (groupCount + z2);
  return {
    lower: mean - unseenShare * (mean - range.min),
    upper: Number.isFinite(range.max) ? mean + unseenShare * (range.max - mean) : mean,
  };
}
