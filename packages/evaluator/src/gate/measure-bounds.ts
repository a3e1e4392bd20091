import type { Interval } from "@assay/core";
import type { CaseScores } from "../case-tallies.ts";
import { bettingInterval } from "../statistics/betting-interval.ts";
import type { GroupSum } from "../statistics/betting-test.ts";
import { meanIntervals } from "../statistics/mean-interval.ts";
import type { Observation } from "../statistics/observation.ts";
import { TAIL } from "../statistics/student-t.ts";
import { seenInOrder } from "./early-order.ts";
import { type GateBound, valuesOf, worstValuesOf } from "./gate-bounds.ts";
import type { GateInput } from "./gate-input.ts";

/** A bound met to the last digits is met. */
const EPSILON = 1e-9;

/** What the evidence says about one bound. */
export interface Standing {
  interval: Interval;
  /** Values in the mean: cases, pairs of cases, or answers. */
  count: number;
  /** Values that are not known, because something failed or was not scored. */
  unknown: number;
  /** It is shown that the mean is not below the bound, with the worst that is possible for what is unknown. */
  clears: boolean;
  /** It is shown that the mean of what is known is below the bound, all bounds of the policy taken together. */
  fallsShort: boolean;
}

/**
 * Holds the evidence against every bound. A bound is cleared by one end of a two-sided 95 % interval (`meanInterval`): an
 * error of about 2.5 % with many cases, and of at most 5 % by its guard. A policy passes only when all of its bounds are
 * cleared, so no correction is needed for that (Berger, Technometrics 24, 1982). Any one bound may refuse, so refusals
 * are corrected for how many bounds there are: by Holm (Scandinavian Journal of Statistics 6, 1979), with the bound on
 * cost, which `decideCost` holds, counted as one that stays open; and by Bonferroni where a run stopped early.
 *
 * A run that may stop early and does not is judged at its end by the fixed interval, after all the looks. Both errors
 * add up to more than that of one look: in `npm run evals:calibration` to at most 3.9 % wrong promotions.
 */
export function* measureBounds(
  input: GateInput,
  bounds: readonly GateBound[],
): Generator<void, Map<GateBound, Standing>> {
  return input.stoppedEarly === undefined
    ? yield* fixedStandings(input, bounds)
    : earlyStandings(input, bounds);
}

interface Measured extends Omit<Standing, "fallsShort"> {
  bound: GateBound;
  shortfall: number;
}

function* fixedStandings(
  { policy, candidate, incumbent }: GateInput,
  bounds: readonly GateBound[],
): Generator<void, Map<GateBound, Standing>> {
  const partners = byKey(incumbent ?? []);
  const measured: Measured[] = [];
  for (const bound of bounds) {
    yield;
    const known = observationsOf(bound, candidate, { partners, valuesOf });
    const worst = observationsOf(bound, candidate, { partners, valuesOf: worstValuesOf });
    measured.push(yield* measure(bound, { known, worst }));
  }
  const refusing = holm(
    measured.map(({ shortfall }) => shortfall),
    policy.maxCostPerCaseMicros === undefined ? 0 : 1,
  );
  return new Map(
    measured.map(({ bound, shortfall: _, ...found }, index) => [
      bound,
      { ...found, fallsShort: refusing[index] === true },
    ]),
  );
}

function byKey(cases: readonly CaseScores[]): Map<string, CaseScores> {
  return new Map(cases.map((one) => [one.caseKey, one]));
}

function observationsOf(
  bound: GateBound,
  candidate: readonly CaseScores[],
  by: { partners: ReadonlyMap<string, CaseScores>; valuesOf: typeof valuesOf },
): Observation[] {
  const observations: Observation[] = [];
  for (const one of candidate) {
    const values = by.valuesOf(bound, one, by.partners.get(one.caseKey));
    // Answers of one case are not independent of each other.
    const group = values.length > 1 ? (one.group ?? `case ${one.caseKey}`) : one.group;
    for (const value of values) observations.push({ value, group });
  }
  return observations;
}

function isCleared({ bound, onMean, isStrict }: GateBound, { mean, lower }: Interval): boolean {
  const value = onMean ? mean : lower;
  if (value === null) return false;
  return isStrict ? value > bound + EPSILON : value >= bound - EPSILON;
}

function* measure(
  bound: GateBound,
  { known, worst }: { known: readonly Observation[]; worst: readonly Observation[] },
): Generator<void, Measured> {
  const intervalAt = meanIntervals(known, bound.range);
  const interval = intervalAt(TAIL);
  const unknown = worst.length - known.length;
  yield;
  const clears = isCleared(bound, unknown === 0 ? interval : meanIntervals(worst, bound.range)(TAIL));
  const shortfall = yield* shortfallChance(bound, interval, intervalAt);
  return { bound, interval, count: known.length, unknown, clears, shortfall };
}

/** The smallest tail at which the upper bound lies below the bound; 1 when it does not at 2.5 %. */
function* shortfallChance(
  { bound, onMean }: GateBound,
  { mean, upper }: Interval,
  intervalAt: (tail: number) => Interval,
): Generator<void, number> {
  if (onMean) return mean !== null && mean < bound - EPSILON ? 0 : 1;
  if (upper === null || upper >= bound - EPSILON) return 1;
  let [short, open] = [TAIL, 0];
  for (let step = 0; step < 20; step++) {
    yield;
    const middle = (short + open) / 2;
    const at = intervalAt(middle).upper;
    if (at !== null && at < bound - EPSILON) short = middle;
    else open = middle;
  }
  return short;
}

/** Which of the hypotheses with these p-values, and `others` that stay open, are refuted at 2.5 % all together. */
export function holm(chances: readonly number[], others = 0): boolean[] {
  const refuted = chances.map(() => false);
  const order = chances.map((_, index) => index).sort((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1));
  for (const [rank, index] of order.entries()) {
    if ((chances[index] ?? 1) > TAIL / (chances.length + others - rank)) break;
    refuted[index] = true;
  }
  return refuted;
}

function earlyStandings(
  { candidate, incumbent, stoppedEarly }: GateInput,
  bounds: readonly GateBound[],
): Map<GateBound, Standing> {
  const partners = byKey(incumbent ?? []);
  const { groups, largestGroup } = seenInOrder(candidate, stoppedEarly);
  return new Map(
    bounds.map((bound) => {
      const question = {
        range: bound.range,
        countMax: countMaxOf(bound, { largestGroup, repeats: stoppedEarly?.repeats ?? 1 }),
        bound: bound.bound,
        tails: earlyTails(bounds),
      };
      const known = groups.map((cases) => sumOf(cases, { bound, partners, valuesOf }));
      const worst = groups.map((cases) => sumOf(cases, { bound, partners, valuesOf: worstValuesOf }));
      const count = countOf(known);
      const unknown = countOf(worst) - count;
      const answer = bettingInterval(known, question);
      const { clears } = unknown === 0 ? answer : bettingInterval(worst, question);
      return [bound, { ...answer, clears, count, unknown }];
    }),
  );
}

/** What the cases of a group contribute together to a bound. */
export function sumOf(
  cases: readonly CaseScores[],
  by: { bound: GateBound; partners: ReadonlyMap<string, CaseScores>; valuesOf: typeof valuesOf },
): GroupSum {
  const values = cases.flatMap((one) => by.valuesOf(by.bound, one, by.partners.get(one.caseKey)));
  return { sum: values.reduce((sum, value) => sum + value, 0), count: values.length };
}

function countOf(groups: readonly GroupSum[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}

/** Chances of an error over all looks together; one refusal is enough, so these share theirs. */
export function earlyTails(bounds: readonly GateBound[]): { lower: number; upper: number } {
  return { lower: TAIL, upper: TAIL / bounds.length };
}

/** The most values that one group can have in the mean of a bound. */
export function countMaxOf(
  { limitMs }: GateBound,
  { largestGroup, repeats }: { largestGroup: number; repeats: number },
): number {
  return limitMs === null ? largestGroup : largestGroup * repeats;
}
