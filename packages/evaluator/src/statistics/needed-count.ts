import { zPoint } from "./student-t.ts";

/** The power that sample sizes are named for. */
export const POWER = 0.8;

/**
 * How many independent values would show, with the power of 80 %, a mean that lies `slack` beyond a bound, when `count`
 * of them reached `reach` from their mean to the end of their 95 % interval: the interval narrows with the root of the
 * number, n' = n · (reach/slack)² · ((z_{0.975} + z_{0.8}) / z_{0.975})².
 *
 * Miller, "Adding error bars to evals", arXiv 2411.00640 (2024), section 5, with the variance put in as measured.
 */
export function neededCount({
  count,
  reach,
  slack,
}: {
  count: number;
  reach: number;
  slack: number;
}): number {
  const z = zPoint(0.025);
  const margin = (z + zPoint(1 - POWER)) / z;
  return Math.max(count + 1, Math.ceil(count * ((reach / slack) * margin) ** 2));
}
