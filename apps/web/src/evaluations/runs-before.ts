import type { Run } from "@assay/core";

type WaitingRun = Pick<Run, "id" | "status" | "createdAt">;

/** How many of the runs go on already or were asked for earlier. */
export function runsBefore(run: WaitingRun, others: readonly WaitingRun[]): number {
  const ids = others
    .filter(
      ({ id, status, createdAt }) => id !== run.id && (status === "running" || createdAt < run.createdAt),
    )
    .map(({ id }) => id);
  return new Set(ids).size;
}
