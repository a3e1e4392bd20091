import type { Interval } from "@assay/core";
import { BettingTest, type GroupSum } from "./betting-test.ts";
import type { ValueRange } from "./mean-interval.ts";

/** The bounds are exact to this. */
const PRECISION = 1e-5;

export interface BettingQuestion {
  range: ValueRange;
  countMax: number;
  /** A bound that the interval must be exact about: is it inside or outside? */
  bound: number;
  /** Chance of an error that is allowed on either side, over all looks together. */
  tails: { lower: number; upper: number };
}

/** The interval, and on which side of the bound it lies, to the last digit. */
export interface BettingAnswer {
  interval: Interval;
  clears: boolean;
  fallsShort: boolean;
}

/** Does every value that is possible at all meet the bound? */
export function isMetByAll({ range, bound }: Pick<BettingQuestion, "range" | "bound">): boolean {
  return bound <= range.min;
}

/**
 * Mean of groups that came in random order, with an interval that holds at every look at once (a confidence sequence):
 * all means that no `BettingTest` has refuted yet. Bounds are null without any group.
 */
export function bettingInterval(
  groups: readonly GroupSum[],
  { range, countMax, bound, tails }: BettingQuestion,
): BettingAnswer {
  const count = groups.reduce((total, group) => total + group.count, 0);
  const isMet = isMetByAll({ range, bound });
  if (count === 0) {
    return { interval: { mean: null, lower: null, upper: null }, clears: isMet, fallsShort: false };
  }
  const refutes = (side: "above" | "below", tail: number) => (at: number) => {
    const test = new BettingTest({ side, bound: at, range, countMax });
    for (const group of groups) test.add(group);
    return test.peak >= -Math.log(tail);
  };
  const above = refutes("above", tails.lower);
  const below = refutes("below", tails.upper);
  return {
    interval: {
      mean: groups.reduce((total, { sum }) => total + sum, 0) / count,
      lower: edge(above, { from: range.min, to: range.max, bound }),
      upper: edge(below, { from: range.max, to: range.min, bound }),
    },
    clears: isMet || above(bound),
    fallsShort: !isMet && below(bound),
  };
}

/** The last value from `from` towards `to` that is refuted; `from` when none is. Halves, starting at `bound`. */
function edge(
  isRefuted: (at: number) => boolean,
  { from, to, bound }: { from: number; to: number; bound: number },
): number {
  let [refuted, open] = [from, to];
  let middle = bound;
  while (Math.abs(open - refuted) > PRECISION) {
    if (isRefuted(middle)) refuted = middle;
    else open = middle;
    middle = (refuted + open) / 2;
  }
  return refuted;
}
