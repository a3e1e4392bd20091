import { zPoint } from "./student-t.ts";

/** Groups of the same sum and count, and how many of them there are. */
export interface WeightedGroup {
  sum: number;
  count: number;
  weight: number;
}

/** The groups seen, how many values an unseen group has, and the least value that is possible at all. */
export interface BoundedSample {
  groups: readonly WeightedGroup[];
  unseen: number;
  min: number;
}

const STEPS_MAX = 60;
const PRECISION = 1e-7;

/**
 * Gaffke's lower bound for the mean of independent groups of bounded values, at an error of `tail`, but no higher than
 * `start`: the `tail` quantile of the mean under random weights, Dirichlet(1, …, 1), on the groups seen and on one more
 * that has the least value throughout. For 0s and 1s this is the Clopper-Pearson bound, and no distribution is known
 * for which it errs more often than `tail`. The quantile is found by the saddlepoint approximation.
 *
 * Gaffke, Mathematical Methods of Statistics 14 (2005); Learned-Miller & Thomas, arXiv 1905.06208 (2019). Saddlepoint:
 * Lugannani & Rice, Advances in Applied Probability 12 (1980), in Barndorff-Nielsen's form, Biometrika 73 (1986).
 */
export function gaffkeLower(sample: BoundedSample, tail: number, start: number): number {
  const target = -zPoint(tail);
  const { min } = sample;
  if (!(start > min)) return min;
  const { unseen } = sample;
  const groups = [...sample.groups, { sum: min * unseen, count: unseen, weight: 1 }];
  if (score(groups, start) <= target) return start;
  let [low, high] = [min, start];
  for (let step = 0; step < STEPS_MAX && high - low > PRECISION; step++) {
    const middle = (low + high) / 2;
    if (score(groups, middle) <= target) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The normal score of the chance that Σ E_g (S_g − t n_g) ≤ 0 with exponential E_g: K(s) = −Σ log(1 − s y_g) with
 * y_g = S_g − t n_g, K′(ŝ) = 0, r = sign(ŝ) √(−2 K(ŝ)), u = ŝ √K″(ŝ), and the score is r + log(u/r) / r.
 */
function score(groups: readonly WeightedGroup[], at: number): number {
  let [least, most] = [0, 0];
  for (const { sum, count } of groups) {
    const y = sum - at * count;
    if (y < least) least = y;
    if (y > most) most = y;
  }
  if (most <= 1e-12) return Number.POSITIVE_INFINITY;
  if (least >= -1e-12) return Number.NEGATIVE_INFINITY;
  const s = saddlepoint(groups, { at, low: 1 / least, high: 1 / most });
  let [cumulant, curvature] = [0, 0];
  for (const { sum, count, weight } of groups) {
    const y = sum - at * count;
    const rest = 1 - s * y;
    cumulant -= weight * Math.log(rest);
    curvature += weight * (y / rest) ** 2;
  }
  const r = Math.sign(s) * Math.sqrt(Math.max(0, -2 * cumulant));
  const u = s * Math.sqrt(curvature);
  // At the mean itself both are 0, and the formula is 0/0.
  return Math.abs(r) < 1e-6 ? r : r + Math.log(u / r) / r;
}

/** Where K′ is 0: it grows from −∞ to ∞ between `low` and `high`. Newton's steps, halved where they would leave it. */
function saddlepoint(
  groups: readonly WeightedGroup[],
  { at, low, high }: { at: number; low: number; high: number },
): number {
  let s = 0;
  for (let step = 0; step < STEPS_MAX; step++) {
    let [slope, curvature] = [0, 0];
    for (const { sum, count, weight } of groups) {
      const y = sum - at * count;
      const share = y / (1 - s * y);
      slope += weight * share;
      curvature += weight * share * share;
    }
    if (slope > 0) high = s;
    else low = s;
    const next = s - slope / curvature;
    const inside = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(inside - s) <= 1e-12 * (high - low) + Math.abs(s) * 1e-12) return inside;
    s = inside;
  }
  return s;
}
