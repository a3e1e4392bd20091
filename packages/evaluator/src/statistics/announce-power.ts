import type { GatePolicy, RunPower } from "@assay/core";
import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import type { CaseScores } from "../case-tallies.ts";
import { meanInterval, SCORE_RANGE } from "./mean-interval.ts";
import { POWER } from "./needed-count.ts";
import { groupValues, type Observation } from "./observation.ts";
import { DIFFERENCE_RANGE } from "./paired-difference.ts";
import { TAIL, zPoint } from "./student-t.ts";

/** How the scores of two versions on the same cases are taken to correlate while nobody has measured it. */
const CORRELATION = 0.5;

/** Intervals of more values than this are as good as normal ones. */
const VALUES_MAX = 4_000;

export interface PlannedRun {
  policy: GatePolicy;
  /** Cases and independent groups that the run will have. */
  cases: number;
  groups: number;
  /** The cases of the run it will be compared with, or of an earlier one; null where nothing was measured yet. */
  earlier: readonly CaseScores[] | null;
}

/**
 * What a run could show, before it begins: the spread of the scores is taken from an earlier run, and the change's from
 * two versions whose scores correlate by 0.5, Var(d) = 2 Var(s) (1 − ρ). The least mean that would pass is found with the
 * gate's own intervals, and the chance of reaching it from the binomial (shares) or normal distribution of the mean.
 *
 * Miller, "Adding error bars to evals", arXiv 2411.00640 (2024), section 5.
 */
export function announcePower({ policy, cases, groups, earlier }: PlannedRun): RunPower {
  const about = { cases, groups };
  const scores = (earlier ?? []).flatMap(({ score: value, group }) =>
    value === null ? [] : [{ value, group }],
  );
  const spread = scores.length < 2 ? null : spreadOf(scores, { cases, groups });
  if (spread === null) {
    const note =
      "No earlier run shows how scores spread over these cases, so nothing can be said in advance.";
    return { ...about, detectableDifference: null, passChanceWhenEqual: null, casesNeeded: null, note };
  }
  const chances = chancesOf(policy, spread);
  const passChanceWhenEqual = chances.length === 0 ? null : Math.min(...chances.map(({ chance }) => chance));
  const detectableDifference = detectableOf(spread);
  const weakest = chances.toSorted((a, b) => a.chance - b.chance)[0];
  const short = weakest !== undefined && weakest.chance < POWER ? weakest : null;
  const casesNeeded = short && casesFor(short, { cases, effective: spread.effective });
  const note = noteOf(spread, { cases, short, casesNeeded });
  return { ...about, detectableDifference, passChanceWhenEqual, casesNeeded, note };
}

/** Scores that were all the same show no spread, which does not mean that there is none. */
function detectableOf({ changeVariance, effective }: Spread): number | null {
  if (changeVariance === 0) return null;
  return Math.min(1, (zPoint(TAIL) + zPoint(1 - POWER)) * Math.sqrt(changeVariance / effective));
}

interface Spread {
  mean: number;
  isShare: boolean;
  /** Variance of one score, and of one change. */
  variance: number;
  changeVariance: number;
  /** How many independent cases the planned ones are worth. */
  effective: number;
}

function spreadOf(scores: readonly Observation[], planned: { cases: number; groups: number }): Spread {
  const { mean, count, effectiveCount } = groupValues(scores);
  const squares = scores.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const worth = planned.groups === planned.cases ? 1 : effectiveCount / count;
  const variance = squares / (count - 1);
  return {
    mean,
    isShare: scores.every(({ value }) => value === 0 || value === 1),
    variance,
    changeVariance: 2 * variance * (1 - CORRELATION),
    effective: Math.max(2, planned.cases * worth),
  };
}

interface ClauseChance {
  chance: number;
  /** Cases that would make it 8 of 10 with the textbook's interval; null where no number would. */
  needed: number | null;
  /** The chance with the gate's own interval and so many independent cases. */
  chanceWith(effective: number): number;
}

function chancesOf({ minScore, maxRegression, minImprovement }: GatePolicy, spread: Spread): ClauseChance[] {
  const chances: ClauseChance[] = [];
  if (minScore !== undefined && minScore.on === "lower") {
    const slack = spread.mean - minScore.score;
    const chanceWith = (effective: number) => scoreChance({ ...spread, effective }, minScore.score);
    const needed = neededFor(slack, spread.variance);
    chances.push({ chance: chanceWith(spread.effective), needed, chanceWith });
  }
  if (maxRegression !== undefined) {
    const needed = neededFor(maxRegression, spread.changeVariance);
    const chanceWith = (effective: number) => changeChance({ ...spread, effective }, 0 - maxRegression);
    chances.push({ chance: chanceWith(spread.effective), needed, chanceWith });
  }
  if (minImprovement !== undefined) {
    const chanceWith = (effective: number) => changeChance({ ...spread, effective }, minImprovement);
    chances.push({ chance: chanceWith(spread.effective), needed: null, chanceWith });
  }
  return chances;
}

function neededFor(slack: number, variance: number): number | null {
  return slack > 0 ? Math.ceil(((zPoint(TAIL) + zPoint(1 - POWER)) / slack) ** 2 * variance) : null;
}

/** Chance that the lower bound of the mean score reaches `bound` when the truth is the earlier run's mean. */
function scoreChance({ mean, variance, isShare, effective }: Spread, bound: number): number {
  const n = Math.round(effective);
  if (!isShare || n > VALUES_MAX) return normalChance({ truth: mean, bound, variance, effective });
  const least = firstThat(
    n,
    (passed) =>
      lowerOf(
        [
          [1, passed],
          [0, n - passed],
        ],
        SCORE_RANGE,
      ) >= bound,
  );
  return least === null ? 0 : 1 - binomialCdf(least - 1, n, mean);
}

/** With more values than this the number that change varies too little to matter. */
const EXACT_MAX = 500;

/** Chance that the lower bound of the mean change reaches `bound` when the truth is 0. */
function changeChance({ changeVariance, effective }: Spread, bound: number): number {
  const n = Math.round(effective);
  const share = Math.min(1, changeVariance);
  if (n > VALUES_MAX) return normalChance({ truth: 0, bound, variance: share, effective });
  // As many wins and losses as have the variance; each falls to either side like a fair coin.
  if (n > EXACT_MAX) return chanceOfWins({ n, changed: Math.round(share * n), bound });
  const reach = 4 * Math.sqrt(n * share * (1 - share)) + 1;
  const [first, last] = [
    Math.max(0, Math.floor(n * share - reach)),
    Math.min(n, Math.ceil(n * share + reach)),
  ];
  let chance = 0;
  for (let changed = first; changed <= last; changed++) {
    const weight = binomialCdf(changed, n, share) - (changed === 0 ? 0 : binomialCdf(changed - 1, n, share));
    chance += weight * chanceOfWins({ n, changed, bound });
  }
  return Math.min(1, chance);
}

/** The same where so many of n change. */
function chanceOfWins({ n, changed, bound }: { n: number; changed: number; bound: number }): number {
  const least = firstThat(changed, (wins) => {
    const values: [number, number][] = [
      [1, wins],
      [-1, changed - wins],
      [0, n - changed],
    ];
    return lowerOf(values, DIFFERENCE_RANGE) >= bound;
  });
  if (least === null) return 0;
  return least === 0 ? 1 : 1 - binomialCdf(least - 1, changed, 0.5);
}

function lowerOf(
  values: readonly (readonly [number, number])[],
  range: { min: number; max: number },
): number {
  const observations = values.flatMap(([value, count]) =>
    Array.from({ length: count }, () => ({ value, group: null })),
  );
  return meanInterval(observations, range).lower ?? Number.NEGATIVE_INFINITY;
}

/** The first of 0..most for which something holds that goes on holding; null when it never does. */
function firstThat(most: number, holds: (count: number) => boolean): number | null {
  if (!holds(most)) return null;
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function normalChance({
  truth,
  bound,
  variance,
  effective,
}: {
  truth: number;
  bound: number;
  variance: number;
  effective: number;
}): number {
  const error = Math.sqrt(variance / effective);
  if (error === 0) return truth > bound ? 1 : 0;
  return normalCdf((truth - bound) / error - zPoint(TAIL), 0, 1);
}

/** Each number tried is so much larger than the one before, so what is named is "about". */
const NEEDED_STEP = 1.08;
const NEEDED_STEPS_MAX = 15;

/**
 * Of the planned kind; null where no number would do. The textbook's number is where the search begins: the gate's own
 * intervals are wider than the textbook's, so it may have to be more, and is always more than what falls short.
 */
function casesFor(
  { needed, chanceWith }: ClauseChance,
  { cases, effective }: { cases: number; effective: number },
): number | null {
  if (needed === null) return null;
  let enough = Math.max(needed, effective * NEEDED_STEP);
  for (let step = 0; step < NEEDED_STEPS_MAX; step++) {
    if (chanceWith(enough) >= POWER - CLOSE)
      return Math.max(cases + 1, Math.ceil((enough * cases) / effective));
    enough *= NEEDED_STEP;
  }
  return null;
}

/** As near to the aim as a whole per cent shows. */
const CLOSE = 0.005;

function noteOf(
  { effective }: Spread,
  { cases, short, casesNeeded }: { cases: number; short: ClauseChance | null; casesNeeded: number | null },
): string {
  const assumed = `Scores are taken to spread as in the earlier run and to correlate by ${CORRELATION} between versions; the ${cases} cases are worth ${Math.round(effective)} independent ones.`;
  if (short === null) return assumed;
  const chance = `${Math.round(short.chance * 100)} %`;
  if (casesNeeded === null) {
    return `${assumed} A version no better than the earlier one passes with a chance of ${chance}.`;
  }
  return `${assumed} A version as good as the earlier one passes with a chance of ${chance}; about ${casesNeeded} cases would make it 80 %.`;
}
