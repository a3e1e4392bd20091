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

/**
 * The version that the label held before the present one first came, as the server takes a rollback that names none: so
 * that asking twice goes back twice and never forth. Undefined where there is none, or it is on a further page of moves.
 */
export function oneStepBack(moves: readonly LabelMove[], present: number | null): number | undefined {
  const [newest] = moves;
  if (newest?.kind === "override" && newest.toVersion === present) {
    return moves.find(({ kind }) => kind !== "override")?.toVersion;
  }
  const promotions = moves.filter(({ kind }) => kind === "gate" || kind === "unprotected");
  const arrival = promotions.findIndex(({ toVersion }) => toVersion === present);
  if (arrival === -1) return undefined;
  return promotions.slice(arrival).find(({ toVersion }) => toVersion !== present)?.toVersion;
}
