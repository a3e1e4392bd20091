import type { Interval } from "@assay/core";
import { gaffkeLower, type WeightedGroup } from "./gaffke-bound.ts";
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
 * Mean of the cases with its interval, in the unit of the values and within `range`; an error of `tail` on either side,
 * so 95 % unless said. One observation per case: average repeats first. Bounds are null when there are fewer than two
 * independent groups.
 *
 * Scores that are all 0 or 1 are a share: Wilson's interval, on the effective number of cases. Everything else:
 * Student's t on the cluster-robust error, widened to `unseenBounds`. Both are approximations that fail where nearly all
 * values agree, so neither bound is tighter than Gaffke's at twice the tail. An error of either bound is about 2.5 % with
 * many cases, and at most 5 % by that guard: for single cases of 0 and 1 as proven, for other values as conjectured (no
 * counterexample is known), for groups of unequal size as simulated, its use there being our own.
 */
export function meanInterval(
  observations: readonly Observation[],
  range: ValueRange = SCORE_RANGE,
  tail: number = TAIL,
): Interval {
  return meanIntervals(observations, range)(tail);
}

/** The same for any tail: what does not depend on it is computed once. */
export function meanIntervals(
  observations: readonly Observation[],
  range: ValueRange,
): (tail: number) => Interval {
  if (observations.length === 0) return () => NOTHING;
  const grouped = groupValues(observations);
  const { mean, standardError } = grouped;
  if (standardError === null) return () => ({ mean, lower: null, upper: null });
  const isShare =
    range.min === 0 && range.max === 1 && observations.every(({ value }) => value === 0 || value === 1);
  const guarded = guardOf(grouped, range);
  return (tail) => {
    const bounds = isShare
      ? wilsonInterval(mean, grouped.effectiveCount, zPoint(tail))
      : studentInterval(grouped, range, tail);
    return { mean, ...guarded(bounds, tail) };
  };
}

interface Bounds {
  lower: number;
  upper: number;
}

function studentInterval(grouped: GroupedValues, range: ValueRange, tail: number): Bounds {
  const { mean, standardError, freedom } = grouped;
  const half = tPoint(freedom, tail) * (standardError ?? 0);
  const unseen = unseenBounds(grouped, range, tail);
  return { lower: Math.min(mean - half, unseen.lower), upper: Math.max(mean + half, unseen.upper) };
}

/**
 * What a sample cannot rule out however much its values agree: that a share q of the population, none of it seen in
 * n independent values, lies at the end of the range. q is Wilson's upper bound for 0 of n, z² / (n + z²), the "rule
 * of three" of Hanley & Lippman-Hand, JAMA 249 (1983). Without it an interval around nearly constant values would be
 * narrower than around constant ones, and one worse case could turn a verdict to the better.
 */
function unseenBounds({ mean, effectiveCount }: GroupedValues, range: ValueRange, tail: number): Bounds {
  const z2 = zPoint(tail) ** 2;
  const unseenShare = z2 / (effectiveCount + z2);
  return {
    lower: mean - unseenShare * (mean - range.min),
    upper: Number.isFinite(range.max) ? mean + unseenShare * (range.max - mean) : mean,
  };
}

/** Widens bounds to what the sample cannot rule out, and keeps them in the range. */
function guardOf(grouped: GroupedValues, range: ValueRange): (bounds: Bounds, tail: number) => Bounds {
  const groups = weighGroups(grouped.groups);
  const mirrored = groups.map(({ sum, ...group }) => ({ ...group, sum: -sum }));
  const unseen = unseenCount(grouped);
  return ({ lower, upper }, tail) => ({
    lower: gaffkeLower({ groups, unseen, min: range.min }, 2 * tail, lower),
    upper: Number.isFinite(range.max)
      ? -gaffkeLower({ groups: mirrored, unseen, min: -range.max }, 2 * tail, -upper)
      : upper,
  });
}

/**
 * How many values an unseen group is taken to have. One independent value is worth n/n_eff cases, but a sample without
 * the one group in twenty that fails as a whole shows no sign of it; a whole group would be safe, and useless below
 * fifty groups. Between the two: their geometric mean, and more in proportion where groups differ in size.
 * `npm run evals:calibration` shows what each costs: with n/n_eff a regression of one group in twenty passes at 10 %.
 */
function unseenCount({ count, groupCount, effectiveCount, groups }: GroupedValues): number {
  if (groupCount === count) return 1;
  const size = count / groupCount;
  const largest = groups.reduce((most, group) => Math.max(most, group.count), 0);
  return Math.sqrt((count / effectiveCount) * size) * (largest / size);
}

/** Past this many different groups it does not pay to gather equal ones. */
const DISTINCT_MAX = 32;

/** Groups of the same sum and count as one with a weight: scores of 0 and 1 make two of thousands. */
function weighGroups(groups: GroupedValues["groups"]): WeightedGroup[] {
  const distinct: WeightedGroup[] = [];
  for (const { sum, count } of groups) {
    const same = distinct.find((known) => known.sum === sum && known.count === count);
    if (same !== undefined) same.weight++;
    else if (distinct.length === DISTINCT_MAX) return groups.map((group) => ({ ...group, weight: 1 }));
    else distinct.push({ sum, count, weight: 1 });
  }
  return distinct;
}
