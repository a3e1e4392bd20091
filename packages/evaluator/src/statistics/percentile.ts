/**
 * The smallest value that at least `share` of the values do not exceed (nearest rank: order statistic ⌈share · n⌉);
 * null without values. A value that was really measured, not an interpolation.
 */
export function percentile(sortedValues: ArrayLike<number>, share: number): number | null {
  const rank = Math.max(1, Math.ceil(share * sortedValues.length));
  return sortedValues[rank - 1] ?? null;
}
