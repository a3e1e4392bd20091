import type { MoveKind } from "./prompt.ts";

/** Moves that gave a version the label in its own right. An override only lends it, and entitles to no rollback. */
export const RIGHTFUL_KINDS: readonly MoveKind[] = ["gate", "unprotected", "rollback"];

/** Of those, the ones that went forth. */
const FORTH_KINDS = RIGHTFUL_KINDS.filter((kind) => kind !== "rollback");

/** A move that is looked for: the newest of a label's moves that has all of this. */
export interface WantedMove<Version, Move> {
  kinds: readonly MoveKind[];
  /** Only moves to this version. */
  to?: Version;
  /** Only moves to other versions. */
  notTo?: Version;
  /** Only moves made before this one. */
  before?: Move;
}

interface HeldLabel<Version> {
  /** What the label means now. */
  present: Version | null;
  /** What holds it in its own right: under an override, what that replaced. */
  rightful: Version | null;
}

/**
 * The version that a rollback without a number goes back to: what the label held before the present one first came, so
 * that asking twice goes back twice and never forth; out of an override, what that replaced. Asks for the moves that it
 * needs one by one, because who has a page of them answers at once, and who has a database looks them up.
 */
export function* oneStepBack<Version, Move extends { toVersion: Version }>({
  present,
  rightful,
}: HeldLabel<Version>): Generator<WantedMove<Version, Move>, Version | undefined, Move | undefined> {
  if (rightful === null) return undefined;
  if (present !== rightful) return rightful;
  const arrival = yield { kinds: FORTH_KINDS, to: rightful };
  if (arrival === undefined) return undefined;
  const before = yield { kinds: FORTH_KINDS, notTo: rightful, before: arrival };
  return before?.toVersion;
}
