import { describe, expect, test } from "vitest";
import { gaffkeLower } from "./gaffke-bound.ts";

const values = (all: number[]) => all.map((sum) => ({ sum, count: 1, weight: 1 }));

describe("Gaffke's bound", () => {
  // scipy 1.17.1: stats.beta.ppf(0.05, x, n - x + 1).
  test.each([
    { passed: 10, count: 10, exact: 0.741134 },
    { passed: 19, count: 20, exact: 0.783894 },
    { passed: 95, count: 100, exact: 0.897747 },
    { passed: 50, count: 100, exact: 0.413622 },
    { passed: 1, count: 100, exact: 0.000513 },
    { passed: 3, count: 5, exact: 0.189255 },
  ])("is Clopper and Pearson's for $passed of $count", ({ passed, count, exact }) => {
    const groups = [
      { sum: 1, count: 1, weight: passed },
      ...(passed < count ? [{ sum: 0, count: 1, weight: count - passed }] : []),
    ];
    const bound = gaffkeLower({ groups, unseen: 1, min: 0 }, 0.05, 1);
    // The saddlepoint approximation errs to the safe side, by less than 0.002.
    expect(bound).toBeLessThanOrEqual(exact + 1e-6);
    expect(bound).toBeGreaterThan(exact - 0.002);
  });

  test("is the quantile that NumPy draws for other values", () => {
    // 4,000,000 draws of Dirichlet(1, …, 1) weights on the values and 0, numpy 2.4.6: 0.40518.
    const groups = values([0.2, 0.5, 0.9, 0.7, 0.71, 0.3, 1, 0.99]);
    expect(gaffkeLower({ groups, unseen: 1, min: 0 }, 0.05, 1)).toBeCloseTo(0.4052, 2);
  });

  test("leaves a bound that is low enough where it is, and never goes below the least value", () => {
    const groups = values([0.4, 0.6, 0.5]);
    expect(gaffkeLower({ groups, unseen: 1, min: 0 }, 0.05, 0.01)).toBe(0.01);
    expect(gaffkeLower({ groups: values([0, 0]), unseen: 1, min: 0 }, 0.05, 0)).toBe(0);
    expect(gaffkeLower({ groups, unseen: 1, min: 0 }, 0.05, -0.2)).toBe(0);
  });
});
