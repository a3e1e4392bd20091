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
  before?: Move | undefined;
}

interface HeldLabel<Version> {
  /** What the label means now. */
  present: Version | null;
  /** What holds it in its own right: under an override, what that replaced. */
  rightful: Version | null;
}

/** What is read of a move. */
interface Moved<Version> {
  kind: MoveKind;
  toVersion: Version;
}

type Search<Version, Move, Found> = Generator<WantedMove<Version, Move>, Found, Move | undefined>;

/** Rollbacks in a row that are retraced; who rolled back more often than that goes back from the oldest of these. */
const ROLLBACKS_MAX = 50;

/**
 * The version that a rollback without a number goes back to: what the label held before the present one came, so that
 * asking twice goes back twice, never forth, and comes to an end whatever came twice; out of an override, what that
 * replaced. Asks for the moves that it needs one by one, because who has a page of them answers at once, and who has a
 * database looks them up.
 */
export function* oneStepBack<Version, Move extends Moved<Version>>({
  present,
  rightful,
}: HeldLabel<Version>): Search<Version, Move, Version | undefined> {
  if (rightful === null) return undefined;
  if (present !== rightful) return rightful;
  const arrival = yield* presentArrival<Version, Move>();
  if (arrival === undefined) return undefined;
  const before = yield { kinds: FORTH_KINDS, notTo: rightful, before: arrival };
  return before?.toVersion;
}

/**
 * The move forth that the label stands on: the newest, or the one that the rollbacks since then have led back to. A
 * version may have come more than once, so that its number alone does not tell.
 */
function* presentArrival<Version, Move extends Moved<Version>>(): Search<Version, Move, Move | undefined> {
  const rollbacks: Move[] = [];
  let arrival = yield { kinds: RIGHTFUL_KINDS };
  while (arrival?.kind === "rollback" && rollbacks.length < ROLLBACKS_MAX) {
    rollbacks.push(arrival);
    arrival = yield { kinds: RIGHTFUL_KINDS, before: arrival };
  }
  for (const rollback of rollbacks.reverse()) {
    const to = rollback.toVersion;
    // Out of an override back to where the label stood.
    if (arrival?.toVersion === to) continue;
    const older = yield { kinds: FORTH_KINDS, to, before: arrival };
    // None: by its number the label went back to a version that it had been rolled back from.
    arrival = older ?? (yield { kinds: FORTH_KINDS, to, before: rollback });
  }
  return arrival;
}
