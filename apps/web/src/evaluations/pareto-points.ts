import type { ComparedRun } from "@assay/core";

export interface ParetoPoint {
  run: ComparedRun;
  /** Percent of the picture's width and height, from its top left corner. */
  x: number;
  y: number;
  yLower: number;
  yUpper: number;
  /** Its number in the legend. */
  number: number;
}

const MARGIN = 0.12;

/** Where runs stand in a picture of score against what they cost; those of which either is unknown are left out. */
export function paretoPoints(
  runs: readonly ComparedRun[],
  costOf: (run: ComparedRun) => number | null,
): { points: ParetoPoint[]; costMax: number } {
  const known = runs.flatMap((run, index) => {
    const cost = costOf(run);
    const { mean, lower, upper } = run.summary.score;
    if (cost === null || mean === null) return [];
    return [{ run, cost, mean, lower: lower ?? mean, upper: upper ?? mean, number: index + 1 }];
  });
  if (known.length === 0) return { points: [], costMax: 0 };
  const costMax = Math.max(...known.map(({ cost }) => cost)) * (1 + MARGIN) || 1;
  const least = Math.min(...known.map(({ lower }) => lower));
  const most = Math.max(...known.map(({ upper }) => upper));
  const span = most - least || 0.1;
  const y = (score: number) => ((most + span * MARGIN - score) / (span * (1 + 2 * MARGIN))) * 100;
  const points = known.map(({ run, cost, mean, lower, upper, number }) => ({
    run,
    number,
    x: (cost / costMax) * 100,
    y: y(mean),
    yLower: y(lower),
    yUpper: y(upper),
  }));
  return { points, costMax };
}
