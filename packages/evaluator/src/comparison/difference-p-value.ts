import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { groupValues, type Observation } from "../statistics/observation.ts";

/**
 * Two-sided p-value of "the mean difference is 0": Student's t on the cluster-robust error, with the degrees of
 * freedom that the groups leave for it, as in the interval. Where all groups differ by the same amount that error is 0 and says nothing; the sign test's 2 · 2^−G, the
 * chance that G fair coins all fall alike, stands in. 1 with fewer than two groups.
 */
export function differencePValue(observations: readonly Observation[]): number {
  if (observations.length === 0) return 1;
  const { mean, standardError, freedom, groupCount } = groupValues(observations);
  if (standardError === null || mean === 0) return 1;
  const signTest = Math.min(1, 2 * 0.5 ** groupCount);
  if (standardError < 1e-12) return signTest;
  return Math.min(1, 2 * tCdf(-Math.abs(mean / standardError), freedom));
}
