import { and, eq, gt } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { PlatformTx } from "../platform-tx.ts";

/** A link that gives a person a new password. */
export interface PasswordReset {
  tokenSha256: string;
  /** Whose admin made it; null for an operator's. */
  tenantId: string | null;
  madeBy: string;
}

const identifierOf = (userId: string) => `password-reset:${userId}`;

/** Keeps a person's one reset, in place of the one before. */
export async function putPasswordReset(
  tx: PlatformTx,
  userId: string,
  { expiresAt, ...reset }: PasswordReset & { expiresAt: Date },
): Promise<void> {
  await deletePasswordReset(tx, userId);
  const { db, tables } = tx.session;
  const now = new Date();
  const row = { id: newId("verification"), identifier: identifierOf(userId), value: JSON.stringify(reset) };
  await db.insert(tables.verifications).values({ ...row, expiresAt, createdAt: now, updatedAt: now });
}

export async function findPasswordReset(
  tx: PlatformTx,
  userId: string,
  now: Date,
): Promise<(PasswordReset & { expiresAt: Date }) | undefined> {
  const { db, tables } = tx.session;
  const { verifications } = tables;
  const [row] = await db
    .select()
    .from(verifications)
    .where(and(eq(verifications.identifier, identifierOf(userId)), gt(verifications.expiresAt, now)))
    .limit(1);
  return row && { ...(JSON.parse(row.value) as PasswordReset), expiresAt: row.expiresAt };
}

export async function deletePasswordReset(tx: PlatformTx, userId: string): Promise<void> {
  const { db, tables } = tx.session;
  await db.delete(tables.verifications).where(eq(tables.verifications.identifier, identifierOf(userId)));
}
