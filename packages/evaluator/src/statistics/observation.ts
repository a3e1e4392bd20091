/** One case's value. Values that share a group are not independent of each other; null stands for a group of its own. */
export interface Observation {
  value: number;
  group: string | null;
}

/** How many values lie in each independent group, and how far each group's sum is from the mean's. */
export interface GroupedValues {
  count: number;
  groupCount: number;
  mean: number;
  /** Cluster-robust standard error of the mean; null with fewer than two groups. */
  standardError: number | null;
}

/**
 * Mean and cluster-robust standard error: with e_i = x_i − x̄, SE² = G/(G−1) · Σ_g (Σ_{i∈g} e_i)² / n². With every
 * value a group of its own this is the textbook Σ e_i² / (n(n−1)).
 *
 * Liang & Zeger, Biometrika 73 (1986); Miller, "Adding error bars to evals", arXiv 2411.00640 (2024), eq. 4, here with
 * the small-sample factor G/(G−1) (CR1).
 */
export function groupValues(observations: readonly Observation[]): GroupedValues {
  const count = observations.length;
  const mean = observations.reduce((sum, { value }) => sum + value, 0) / count;
  const sums = new Map<string | number, number>();
  observations.forEach(({ value, group }, index) => {
    const key = group ?? index;
    sums.set(key, (sums.get(key) ?? 0) + (value - mean));
  });
  const groupCount = sums.size;
  if (groupCount < 2) return { count, groupCount, mean, standardError: null };
  const squares = [...sums.values()].reduce((sum, deviation) => sum + deviation ** 2, 0);
  return {
    count,
    groupCount,
    mean,
    standardError: Math.sqrt((groupCount / (groupCount - 1)) * squares) / count,
  };
}
