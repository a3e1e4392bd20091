import quantile from "@stdlib/stats-base-dists-t-quantile";

/** Confidence of every interval in Assay. */
export const CONFIDENCE = 0.95;

/** Two-sided 95 % point of the standard normal distribution. */
export const Z_95 = 1.959963984540054;

/** Two-sided 95 % point of Student's t with `degreesOfFreedom` ≥ 1. */
export function tTwoSided95(degreesOfFreedom: number): number {
  return quantile(1 - (1 - CONFIDENCE) / 2, degreesOfFreedom);
}
