import type { KeyLimits, Scope } from "@assay/core";
import { and, asc, desc, eq, inArray, isNull, lt } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { TenantTx } from "../tenant-tx.ts";

export interface KeyInsert {
  publicId: string;
  secretSha256: string;
  name: string;
  scopes: Scope[];
  prompts: string[] | null;
  labels: string[] | null;
  limits: KeyLimits;
  createdByKeyId: string | null;
  /** The person at the beginning of the line of makers. */
  createdByUserId: string | null;
  expiresAt: Date | null;
}

export async function insertKey(tx: TenantTx, draft: KeyInsert) {
  return await tx.insert(tx.tables.keys, {
    id: newId("key"),
    createdAt: new Date(),
    revokedAt: null,
    ...draft,
  });
}

/** Newest first; `after` is the id of the last row of the page before. */
export async function listKeyRows(tx: TenantTx, page: { after?: string; limit: number }) {
  const { keys } = tx.tables;
  return await tx.select(keys, {
    where: page.after === undefined ? undefined : lt(keys.id, page.after),
    orderBy: [desc(keys.id)],
    limit: page.limit,
  });
}

export async function countKeys(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.keys, isNull(tx.tables.keys.revokedAt));
}

/** Revokes a key once; answers its row, or undefined when there is none or it is revoked already. */
export async function revokeKeyRow(tx: TenantTx, id: string, revokedAt: Date) {
  const { keys } = tx.tables;
  const [row] = await tx.update(
    keys,
    { revokedAt },
    and(eq(keys.id, id), isNull(keys.revokedAt)) ?? eq(keys.id, id),
  );
  return row;
}

export async function findKey(tx: TenantTx, id: string) {
  return await tx.find(tx.tables.keys, eq(tx.tables.keys.id, id));
}

/**
 * The first key that the operator made: its limits are the most that the tenant may give out.
 * @param lock hold it until the commit: whoever makes keys and whoever sets their limits do so one after the other.
 */
export async function findFirstOperatorKey(tx: TenantTx, lock = false) {
  const { keys } = tx.tables;
  const [row] = await tx.select(keys, {
    where: and(isNull(keys.createdByKeyId), isNull(keys.createdByUserId)),
    orderBy: [asc(keys.id)],
    limit: 1,
    lock,
  });
  return row;
}

/** Keys in use, and the first of the operator's whether it is or not; none is made until the commit. */
export async function listBoundKeys(tx: TenantTx) {
  const { keys } = tx.tables;
  const first = await findFirstOperatorKey(tx, true);
  const live = await tx.select(keys, { where: isNull(keys.revokedAt), orderBy: [asc(keys.id)] });
  return first === undefined || first.revokedAt === null ? live : [first, ...live];
}

export async function setKeyLimits(tx: TenantTx, id: string, limits: KeyLimits): Promise<void> {
  await tx.update(tx.tables.keys, { limits }, eq(tx.tables.keys.id, id));
}

/** What keys are called, by id, revoked ones included. */
export async function findKeyNames(tx: TenantTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { keys } = tx.tables;
  const rows = await tx.aggregate(keys, {
    columns: { id: keys.id, name: keys.name },
    where: inArray(keys.id, [...new Set(ids)]),
  });
  return new Map(rows.map((row) => [String(row.id), String(row.name)]));
}

/** Those of these keys that stand in the line of a person's keys. */
export async function findKeyIdsMadeFor(
  tx: TenantTx,
  { userId, ids }: { userId: string; ids: readonly string[] },
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { keys } = tx.tables;
  const where = and(inArray(keys.id, [...ids]), eq(keys.createdByUserId, userId));
  return (await tx.select(keys, { where })).map(({ id }) => id);
}
