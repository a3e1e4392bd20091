import { AppError } from "@assay/core";
import { isUniqueViolation } from "../database-error.ts";
import { asc, desc, eq, gt } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { PlatformTx } from "../platform-tx.ts";

export interface TenantRow {
  id: string;
  slug: string;
  name: string;
  createdAt: Date;
}

export async function insertTenant(
  tx: PlatformTx,
  draft: { slug: string; name: string },
): Promise<TenantRow> {
  const { db, tables } = tx.session;
  const row = { id: newId("tenant"), ...draft, createdAt: new Date() };
  try {
    await db.insert(tables.tenants).values(row);
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("conflict", `A tenant "${draft.slug}" already exists.`);
    throw error;
  }
  return row;
}

export async function findTenant(tx: PlatformTx, id: string): Promise<TenantRow | undefined> {
  const { db, tables } = tx.session;
  const [row] = await db.select().from(tables.tenants).where(eq(tables.tenants.id, id)).limit(1);
  return row;
}

export async function findTenantBySlug(tx: PlatformTx, slug: string): Promise<TenantRow | undefined> {
  const { db, tables } = tx.session;
  const [row] = await db.select().from(tables.tenants).where(eq(tables.tenants.slug, slug)).limit(1);
  return row;
}

/** Tenants by slug, after `afterSlug`. */
export async function listTenantRows(
  tx: PlatformTx,
  page: { after?: string; limit: number },
): Promise<TenantRow[]> {
  const { db, tables } = tx.session;
  return await db
    .select()
    .from(tables.tenants)
    .where(page.after === undefined ? undefined : gt(tables.tenants.slug, page.after))
    .orderBy(asc(tables.tenants.slug))
    .limit(page.limit);
}

/** Removes the tenant and, by the foreign keys, every row it owns. Answers whether it existed. */
export async function deleteTenant(tx: PlatformTx, id: string): Promise<boolean> {
  const { db, tables } = tx.session;
  const deleted = await db
    .delete(tables.tenants)
    .where(eq(tables.tenants.id, id))
    .returning({ id: tables.tenants.id });
  return deleted.length > 0;
}

export interface PlatformAuditDraft {
  actor: string;
  action: string;
  object: string;
  details?: Record<string, unknown>;
}

export async function insertPlatformAudit(tx: PlatformTx, draft: PlatformAuditDraft): Promise<void> {
  const { db, tables } = tx.session;
  await db
    .insert(tables.platformAudit)
    .values({ id: newId("audit"), createdAt: new Date(), ...draft, details: draft.details ?? {} });
}

/** Whether something was ever done to the platform, as its audit says. */
export async function hasPlatformAudit(tx: PlatformTx, action: string): Promise<boolean> {
  const { db, tables } = tx.session;
  return (await db.$count(tables.platformAudit, eq(tables.platformAudit.action, action))) > 0;
}

/** Newest first. */
export async function listPlatformAudit(tx: PlatformTx, limit: number) {
  const { db, tables } = tx.session;
  return await db.select().from(tables.platformAudit).orderBy(desc(tables.platformAudit.id)).limit(limit);
}
