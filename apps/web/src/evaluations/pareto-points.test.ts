import type { ComparedRun } from "@assay/core";
import { expect, test } from "vitest";
import { paretoPoints } from "./pareto-points.ts";

const run = (mean: number | null, costPerCaseMicros: number | null) =>
  ({ costPerCaseMicros, summary: { score: { mean, lower: mean, upper: mean } } }) as unknown as ComparedRun;
const cost = ({ costPerCaseMicros }: ComparedRun) => costPerCaseMicros;

test("better stands higher, dearer further right, and what is unknown nowhere", () => {
  const { points } = paretoPoints([run(0.5, 10), run(0.9, 40), run(null, 5), run(0.7, null)], cost);
  expect(points.map(({ number }) => number)).toEqual([1, 2]);
  const [cheap, dear] = points;
  expect(cheap?.x).toBeLessThan(dear?.x ?? 0);
  expect(cheap?.y).toBeGreaterThan(dear?.y ?? 100);
  for (const { x, y } of points) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(100);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(100);
  }
});

test("runs that cost nothing and score alike have a place too", () => {
  const { points } = paretoPoints([run(1, 0), run(1, 0)], cost);
  expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  expect(paretoPoints([run(null, null)], cost).points).toEqual([]);
});
