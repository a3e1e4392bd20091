import type { TrafficDay } from "@assay/core";
import type { TrafficCell } from "@assay/store";

const P95 = 0.95;

/** Adds up groups of requests. The cost is unknown where one that owes something has none, and where none was completed. */
export function sumCells(cells: readonly TrafficCell[]): Omit<TrafficDay, "day"> {
  let [requests, failedRequests, costMicros, unpriced] = [0, 0, 0, 0];
  for (const cell of cells) {
    requests += cell.requests;
    failedRequests += cell.failedRequests;
    costMicros += cell.costMicros;
    unpriced += cell.unpricedRequests;
  }
  return {
    requests,
    failedRequests,
    costMicros: unpriced > 0 || requests === failedRequests ? null : costMicros,
    latencyP95Ms: p95Of(cells),
  };
}

/** The smallest latency that 95 % of the completed requests do not exceed. */
function p95Of(cells: readonly TrafficCell[]): number | null {
  const known = cells.flatMap(({ latencyMs, requests }) =>
    latencyMs === null ? [] : [{ latencyMs, requests }],
  );
  const total = known.reduce((sum, { requests }) => sum + requests, 0);
  let seen = 0;
  for (const { latencyMs, requests } of known.toSorted((a, b) => a.latencyMs - b.latencyMs)) {
    seen += requests;
    if (seen >= P95 * total) return latencyMs;
  }
  return null;
}
