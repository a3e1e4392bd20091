import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import quantile from "@stdlib/stats-base-dists-t-quantile";

/** Confidence of every interval in Assay. */
export const CONFIDENCE = 0.95;

/** Chance of an error on either side of such an interval. */
export const TAIL = (1 - CONFIDENCE) / 2;

/** Two-sided 95 % point of the standard normal distribution. */
export const Z_95 = 1.959963984540054;

/** The point that Student's t with `degreesOfFreedom` ≥ 1 goes beyond with chance `tail`. */
export function tPoint(degreesOfFreedom: number, tail: number = TAIL): number {
  return quantile(1 - tail, degreesOfFreedom);
}

/** The point that the standard normal goes beyond with chance `tail`. */
export function zPoint(tail: number): number {
  return tail === TAIL ? Z_95 : normalQuantile(1 - tail, 0, 1);
}
