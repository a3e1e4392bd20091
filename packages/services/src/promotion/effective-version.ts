import type { LabelRow } from "@assay/store";

type Pointer = Pick<LabelRow, "versionId" | "expiresAt" | "fallbackVersionId">;

/** The id of the version a label means at `now`: after an override's expiry its fallback, which may be none. */
export function effectiveVersionId({ versionId, expiresAt, fallbackVersionId }: Pointer, now: Date) {
  return expiresAt !== null && expiresAt <= now ? fallbackVersionId : versionId;
}

/** Is the label held by an override that has not expired? */
export function isOverridden({ expiresAt }: Pick<Pointer, "expiresAt">, now: Date): boolean {
  return expiresAt !== null && expiresAt > now;
}

/**
 * The id of the version that holds the label in its own right: an override's version never does, expired or not. It
 * is what an override falls back to, and what a candidate is compared with, so that an override cannot lower the bar.
 */
export function rightfulVersionId({ versionId, expiresAt, fallbackVersionId }: Pointer): string | null {
  return expiresAt === null ? versionId : fallbackVersionId;
}
