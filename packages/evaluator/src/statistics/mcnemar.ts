import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { wilsonInterval } from "./wilson-interval.ts";

/** Pairs of passes and failures on the same independent cases. */
export interface PairedPasses {
  both: number;
  /** Only the first passes, or only the second. */
  firstOnly: number;
  secondOnly: number;
  neither: number;
}

/**
 * Exact two-sided p-value of "both pass equally often": under it each case on which they differ falls to either side
 * like a fair coin. 1 without such cases.
 *
 * McNemar, Psychometrika 12 (1947), in its exact binomial form.
 */
export function exactMcNemar({
  firstOnly,
  secondOnly,
}: Pick<PairedPasses, "firstOnly" | "secondOnly">): number {
  const differing = firstOnly + secondOnly;
  if (differing === 0) return 1;
  return Math.min(1, 2 * binomialCdf(Math.min(firstOnly, secondOnly), differing, 0.5));
}

/**
 * 95 % score interval for the difference of two shares measured on the same cases, first minus second: Wilson's
 * intervals of both, combined with their correlation.
 *
 * Newcombe, Statistics in Medicine 17 (1998), 2635-2650, method 10.
 */
export function newcombePairedInterval({ both, firstOnly, secondOnly, neither }: PairedPasses): {
  difference: number;
  lower: number;
  upper: number;
} {
  const n = both + firstOnly + secondOnly + neither;
  const [first, second] = [(both + firstOnly) / n, (both + secondOnly) / n];
  const [a, b] = [wilsonInterval(first, n), wilsonInterval(second, n)];
  const correlation = phi({ both, firstOnly, secondOnly, neither });
  const reach = (up: number, down: number) =>
    Math.sqrt(Math.max(0, up ** 2 - 2 * correlation * up * down + down ** 2));
  const difference = first - second;
  return {
    difference,
    lower: difference - reach(first - a.lower, b.upper - second),
    upper: difference + reach(a.upper - first, second - b.lower),
  };
}

/** Correlation of the two sides, corrected for continuity where it is positive; 0 where one side never varies. */
function phi({ both, firstOnly, secondOnly, neither }: PairedPasses): number {
  const n = both + firstOnly + secondOnly + neither;
  const margins = (both + firstOnly) * (secondOnly + neither) * (both + secondOnly) * (firstOnly + neither);
  if (margins === 0) return 0;
  const product = both * neither - firstOnly * secondOnly;
  const corrected = product > 0 ? Math.max(0, product - n / 2) : product;
  return corrected / Math.sqrt(margins);
}
