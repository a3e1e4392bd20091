/**
 * Which of many findings stand out when `rate` of those that do may be false: with p-values in ascending order, all up
 * to the greatest k with p(k) ≤ k/m · rate.
 *
 * Benjamini & Hochberg, J. R. Statist. Soc. B 57 (1995).
 */
export function benjaminiHochberg(pValues: readonly number[], rate: number): boolean[] {
  const sorted = pValues.toSorted((a, b) => a - b);
  let bound = -1;
  sorted.forEach((pValue, index) => {
    if (pValue <= ((index + 1) / pValues.length) * rate) bound = pValue;
  });
  return pValues.map((pValue) => pValue <= bound);
}
