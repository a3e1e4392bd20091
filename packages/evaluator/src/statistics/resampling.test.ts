import { describe, expect, test } from "vitest";
import { bcaInterval } from "./bca-interval.ts";
import { exactMcNemar, newcombePairedInterval } from "./mcnemar.ts";

describe("McNemar's exact test", () => {
  // scipy 1.17.1, stats.binomtest(min, sum, 0.5).
  test.each([
    { firstOnly: 1, secondOnly: 12, p: 0.00341796875 },
    { firstOnly: 5, secondOnly: 14, p: 0.063568115234375 },
    { firstOnly: 7, secondOnly: 7, p: 1 },
    { firstOnly: 0, secondOnly: 6, p: 0.03125 },
    { firstOnly: 0, secondOnly: 0, p: 1 },
  ])("gives $p for $firstOnly against $secondOnly", ({ p, ...counts }) => {
    expect(exactMcNemar(counts)).toBeCloseTo(p, 12);
  });
});

describe("the interval of a paired difference of shares", () => {
  // Newcombe's method 10, computed apart with statsmodels 0.15.0's Wilson intervals.
  test.each([
    { both: 36, firstOnly: 12, secondOnly: 2, neither: 0, lower: 0.0569, upper: 0.3404 },
    { both: 20, firstOnly: 12, secondOnly: 2, neither: 16, lower: 0.0562, upper: 0.3292 },
  ])("is Newcombe's for $both, $firstOnly, $secondOnly, $neither", ({ lower, upper, ...counts }) => {
    const found = newcombePairedInterval(counts);
    expect(found.difference).toBeCloseTo(0.2, 12);
    expect(found.lower).toBeCloseTo(lower, 4);
    expect(found.upper).toBeCloseTo(upper, 4);
  });
});

describe("the bootstrap's interval", () => {
  const costs = [12, 15, 11, 90, 14, 13, 16, 40, 12, 11, 18, 75, 13, 12, 14, 15, 11, 22, 13, 30];

  test("is that of scipy for costs that lean to one side", () => {
    const { mean, lower, upper } = bcaInterval(costs.map((value) => ({ value, group: null })));
    expect(mean).toBeCloseTo(22.85, 12);
    // scipy 1.17.1, stats.bootstrap(method="BCa", n_resamples=200000).
    expect(Math.abs(lower! - 16.1)).toBeLessThan(0.5);
    expect(Math.abs(upper! - 37.02)).toBeLessThan(1.5);
  });

  test("is the same every time, and wider where groups agree", () => {
    const alone = costs.map((value) => ({ value, group: null }));
    expect(bcaInterval(alone)).toEqual(bcaInterval(alone));
    const grouped = costs.flatMap((value, index) => [0, 1, 2].map(() => ({ value, group: `g${index}` })));
    const spread = costs.flatMap((value, index) =>
      [0, 1, 2].map((copy) => ({ value, group: `g${index}-${copy}` })),
    );
    const width = ({ lower, upper }: ReturnType<typeof bcaInterval>) => upper! - lower!;
    expect(width(bcaInterval(grouped))).toBeGreaterThan(1.4 * width(bcaInterval(spread)));
  });

  test("has no bounds without two groups, and no width where all values are one", () => {
    expect(bcaInterval([])).toEqual({ mean: null, lower: null, upper: null });
    expect(bcaInterval([{ value: 3, group: null }])).toEqual({ mean: 3, lower: null, upper: null });
    expect(bcaInterval([3, 3, 3].map((value) => ({ value, group: null })))).toEqual({
      mean: 3,
      lower: 3,
      upper: 3,
    });
  });
});
