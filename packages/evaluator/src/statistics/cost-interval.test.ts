import { expect, test } from "vitest";
import { bcaInterval } from "./bca-interval.ts";
import { costInterval } from "./cost-interval.ts";

const alone = (values: number[]) => values.map((value) => ({ value, group: null }));

test("leaves room above costs that are all the same: what no group showed may cost as much", () => {
  const { mean, lower, upper } = costInterval(alone(Array.from({ length: 100 }, () => 10)));
  expect(mean).toBe(10);
  // z² / (100 + z²) = 0.03699.
  expect(upper).toBeCloseTo(10 + 0.3699, 3);
  expect(lower).toBeLessThan(10);
});

test("has no bound from above with fewer than 100 groups, and one from below with two", () => {
  const grouped = Array.from({ length: 500 }, (_, index) => ({ value: 10, group: `g${index % 99}` }));
  expect(costInterval(grouped)).toMatchObject({ mean: 10, lower: expect.any(Number), upper: null });
  expect(costInterval(alone([10, 11]))).toMatchObject({ lower: expect.any(Number), upper: null });
  expect(costInterval([])).toEqual({ mean: null, lower: null, upper: null });
});

test("is never tighter above than the bootstrap's", () => {
  const costs = alone(Array.from({ length: 200 }, (_, index) => (index === 0 ? 10_000 : 100 + (index % 7))));
  const { upper } = costInterval(costs);
  expect(upper).toBeGreaterThanOrEqual(bcaInterval(costs).upper!);
});
