import { and, eq, isNull, lt, or } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { PlatformTx } from "../platform-tx.ts";

/**
 * A tenant's key with its tenant: what a request is allowed to be, before any tenant is known. `makerRole` is what the
 * person who made the key is in the tenant now; null for nobody's key and for a person who is no member any more.
 */
export async function findCredential(tx: PlatformTx, publicId: string) {
  const { db, tables } = tx.session;
  const [row] = await db
    .select({ key: tables.keys, tenant: tables.tenants, makerRole: tables.memberships.role })
    .from(tables.keys)
    .innerJoin(tables.tenants, eq(tables.tenants.id, tables.keys.tenantId))
    .leftJoin(
      tables.memberships,
      and(
        eq(tables.memberships.tenantId, tables.keys.tenantId),
        eq(tables.memberships.userId, tables.keys.createdByUserId),
      ),
    )
    .where(eq(tables.keys.publicId, publicId))
    .limit(1);
  return row;
}

/** Notes that a key came along with a request; a later note stays. */
export async function noteKeyUse(
  tx: PlatformTx,
  { tenantId, id, usedAt }: { tenantId: string; id: string; usedAt: Date },
): Promise<void> {
  const { db, tables } = tx.session;
  const { keys } = tables;
  await db
    .update(keys)
    .set({ lastUsedAt: usedAt })
    .where(
      and(
        eq(keys.tenantId, tenantId),
        eq(keys.id, id),
        or(isNull(keys.lastUsedAt), lt(keys.lastUsedAt, usedAt)),
      ),
    );
}

export async function findOperatorCredential(tx: PlatformTx, publicId: string) {
  const { db, tables } = tx.session;
  const [row] = await db
    .select()
    .from(tables.operatorKeys)
    .where(eq(tables.operatorKeys.publicId, publicId))
    .limit(1);
  return row;
}

export async function countOperatorKeys(tx: PlatformTx): Promise<number> {
  const { db, tables } = tx.session;
  return await db.$count(tables.operatorKeys, and(isNull(tables.operatorKeys.revokedAt)));
}

export async function insertOperatorKey(
  tx: PlatformTx,
  draft: { publicId: string; secretSha256: string; name: string },
): Promise<string> {
  const { db, tables } = tx.session;
  const id = newId("key");
  await db.insert(tables.operatorKeys).values({ id, createdAt: new Date(), revokedAt: null, ...draft });
  return id;
}
