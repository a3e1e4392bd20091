import type { Interval } from "@assay/core";

/** One run as a point: more score, less cost and less latency are better. Unknown is null. */
export interface ParetoPoint {
  score: Interval;
  costPerCaseMicros: number | null;
  latencyP95Ms: number | null;
}

export interface ParetoStanding {
  dominated: "no" | "maybe" | "yes";
  /** Indices of the points that are as good in everything and better in something. */
  dominatedBy: number[];
}

type Value = number | null;

/**
 * Which points another one dominates. A quantity that is unknown of every point is left out; one that is unknown of
 * one of two points makes these two incomparable, because unknown is not zero. `yes` needs the two intervals of the
 * score to be apart: a difference within them may be chance.
 */
export function paretoView(points: readonly ParetoPoint[]): ParetoStanding[] {
  const costs = points.map(({ costPerCaseMicros }) => costPerCaseMicros);
  const latencies = points.map(({ latencyP95Ms }) => latencyP95Ms);
  // Each as "less is better".
  const quantities: Value[][] = [
    points.map(({ score }) => (score.mean === null ? null : -score.mean)),
    ...[costs, latencies].filter((values) => values.some((value) => value !== null)),
  ];
  return points.map((point, at) => {
    const dominatedBy = points.flatMap((_, other) => (dominates(quantities, other, at) ? [other] : []));
    const isApart = dominatedBy.some((other) => isAbove(points[other]?.score, point.score));
    return { dominated: dominatedBy.length === 0 ? "no" : isApart ? "yes" : "maybe", dominatedBy };
  });
}

function dominates(quantities: readonly Value[][], other: number, at: number): boolean {
  let isBetter = false;
  for (const values of quantities) {
    const [a, b] = [values[other] ?? null, values[at] ?? null];
    if (a === null || b === null || a > b) return false;
    if (a < b) isBetter = true;
  }
  return isBetter;
}

function isAbove(one: Interval | undefined, other: Interval): boolean {
  return one?.lower != null && other.upper !== null && one.lower > other.upper;
}
