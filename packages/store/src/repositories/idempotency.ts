import { and, eq, gte, lt } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";

export interface StoredAnswer {
  requestSha256: string;
  status: number;
  body: string;
}

/**
 * Claims an idempotency key for this transaction. Undefined: it is ours, and `storeAnswer` must follow before the
 * commit. Otherwise the answer that the first request was given. A parallel claim waits for the first to end.
 */
export async function claimIdempotencyKey(
  tx: TenantTx,
  claim: { key: string; requestSha256: string; now: Date; expiresAt: Date },
): Promise<StoredAnswer | undefined> {
  const { idempotencyKeys: table } = tx.tables;
  await tx.delete(table, lt(table.expiresAt, claim.now));
  const { key, requestSha256, expiresAt } = claim;
  const claimed = await tx.insertIfAbsent(table, { key, requestSha256, expiresAt, status: 0, body: "" });
  return claimed ? undefined : await tx.find(table, eq(table.key, key));
}

/** The answer that an earlier request under this key was given. */
export async function findStoredAnswer(
  tx: TenantTx,
  { key, now }: { key: string; now: Date },
): Promise<StoredAnswer | undefined> {
  const { idempotencyKeys: table } = tx.tables;
  return await tx.find(table, and(eq(table.key, key), gte(table.expiresAt, now)) ?? eq(table.key, key));
}

export async function storeAnswer(
  tx: TenantTx,
  key: string,
  answer: { status: number; body: string },
): Promise<void> {
  const { idempotencyKeys: table } = tx.tables;
  await tx.update(table, answer, and(eq(table.key, key), eq(table.status, 0)) ?? eq(table.key, key));
}
