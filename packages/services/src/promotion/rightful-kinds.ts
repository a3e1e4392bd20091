import type { MoveKind } from "@assay/core";

/** Moves that gave a version the label in its own right. An override only lends it, and entitles to no rollback. */
export const RIGHTFUL_KINDS: MoveKind[] = ["gate", "unprotected", "rollback"];
