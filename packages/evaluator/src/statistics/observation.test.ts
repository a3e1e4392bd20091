import { describe, expect, test } from "vitest";
import { groupValues, type Observation } from "./observation.ts";
import { tPoint } from "./student-t.ts";

/** Groups of these values. */
const grouped = (...groups: number[][]): Observation[] =>
  groups.flatMap((values, index) => values.map((value) => ({ value, group: `g${index}` })));

/** tr(WC)² / tr(WCWC) by its definition, with the matrices written out: C = A D Aᵀ, A = I − a 1ᵀ, a = n_g/n, D = diag(n_g²). */
function freedomByDefinition(sizes: number[]): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const deviation = sizes.map((size, row) => sizes.map((_, column) => Number(row === column) - size / total));
  const weighted = sizes.map((size, row) =>
    sizes.map((_, column) => {
      const covariances = sizes.map((n, k) => deviation[row]![k]! * n ** 2 * deviation[column]![k]!);
      return covariances.reduce((sum, each) => sum + each, 0) / (1 - size / total);
    }),
  );
  let [trace, square] = [0, 0];
  for (const [row, entries] of weighted.entries()) {
    trace += entries[row]!;
    for (const [column, entry] of entries.entries()) square += entry * weighted[column]![row]!;
  }
  return trace ** 2 / square;
}

describe("the degrees of freedom that groups leave", () => {
  test.each([
    // From the definition in exact fractions: 73441/62647, 660438601/294867241, 1782272/1757897.
    { sizes: [1, 1, 1, 1, 10], freedom: 1.1722987534 },
    { sizes: [2, 3, 4, 5], freedom: 2.2397828893 },
    { sizes: [50, 1, 1], freedom: 1.0138660001 },
    { sizes: [3, 3, 3], freedom: 2 },
  ])("are $freedom for groups of $sizes", ({ sizes, freedom }) => {
    const { freedom: found } = groupValues(grouped(...sizes.map((size) => Array(size).fill(0.5))));
    expect(found).toBeCloseTo(freedom, 9);
    expect(freedomByDefinition(sizes)).toBeCloseTo(freedom, 9);
  });

  test("are those of the definition for many groups of many sizes", () => {
    const sizes = Array.from({ length: 40 }, (_, index) => 1 + ((index * 7) % 11));
    const { freedom } = groupValues(grouped(...sizes.map((size) => Array(size).fill(0.5))));
    expect(freedom).toBeCloseTo(freedomByDefinition(sizes), 8);
  });
});

describe("the effective number of cases", () => {
  test("trusts the design effect that few groups show with the square of their number against one for the largest", () => {
    const values = grouped([1, 1, 1, 1], [0, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0]);
    // Two of the four groups make all of the variance, so what was measured counts 2² = 4 against 1 for n/G = 16/4.
    // Measured is the variance with the groups, (2² + 2²) / (1 − 4/16) / 16², over that without, 16 · ¼ / 15 / 16: 2.5.
    const designEffect = (4 * 2.5 + 16 / 4) / (4 + 1);
    const expected = (16 / designEffect) * (tPoint(15) / tPoint(3)) ** 2;
    expect(expected).toBeCloseTo(2.5632, 4);
    expect(groupValues(values).effectiveCount).toBeCloseTo(expected, 9);
  });
});
