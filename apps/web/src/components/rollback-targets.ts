import type { LabelMove } from "@assay/core";

/**
 * The moves whose version can be rolled back to: it held the label in its own right and does not hold it now. Of each
 * version the newest such move, so that every version is offered once.
 */
export function rollbackTargets(moves: readonly LabelMove[], present: number | null): Set<string> {
  const offered = new Map<number, string>();
  for (const { id, kind, toVersion } of moves) {
    const isRightful = kind !== "override";
    if (isRightful && toVersion !== present && !offered.has(toVersion)) offered.set(toVersion, id);
  }
  return new Set(offered.values());
}
