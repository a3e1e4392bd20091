import type { LabelMove } from "@assay/core";
import { oneStepBack, RIGHTFUL_KINDS, type WantedMove } from "@assay/core/plain";

/**
 * The moves whose version can be rolled back to: it held the label in its own right and does not hold it now. Of each
 * version the newest such move, so that every version is offered once.
 */
export function rollbackTargets(moves: readonly LabelMove[], present: number | null): Set<string> {
  const offered = new Map<number, string>();
  for (const { id, kind, toVersion } of moves) {
    const isRightful = RIGHTFUL_KINDS.includes(kind);
    if (isRightful && toVersion !== present && !offered.has(toVersion)) offered.set(toVersion, id);
  }
  return new Set(offered.values());
}

/**
 * What one step back is to, as far as these moves tell, the newest first. Undefined where there is nothing, or it is on
 * a further page of moves.
 */
export function stepBackAmong(moves: readonly LabelMove[], present: number | null): number | undefined {
  const [newest] = moves;
  const isLent = newest?.kind === "override" && newest.toVersion === present;
  const rightful = isLent ? moves.find(({ kind }) => RIGHTFUL_KINDS.includes(kind))?.toVersion : present;
  const search = oneStepBack<number, LabelMove>({ present, rightful: rightful ?? null });
  let step = search.next();
  while (step.done !== true) step = search.next(newestOf(moves, step.value));
  return step.value;
}

function newestOf(moves: readonly LabelMove[], wanted: WantedMove<number, LabelMove>): LabelMove | undefined {
  const { kinds, to, notTo, before } = wanted;
  const older = before === undefined ? moves : moves.slice(moves.indexOf(before) + 1);
  return older.find(
    ({ kind, toVersion }) =>
      kinds.includes(kind) && (to === undefined || toVersion === to) && toVersion !== notTo,
  );
}
