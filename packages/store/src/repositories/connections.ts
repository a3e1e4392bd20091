import { asc, eq, gt, type InferInsertModel, type InferSelectModel, inArray } from "../drizzle.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type StoredConnection = InferSelectModel<Schema["connections"]>;
type ConnectionInsert = Omit<InferInsertModel<Schema["connections"]>, "tenantId">;

/** The id is the caller's to make: the secret is sealed to it before the row exists. */
export async function insertConnection(tx: TenantTx, row: ConnectionInsert): Promise<StoredConnection> {
  return await tx.insert(tx.tables.connections, row, `A connection "${row.slug}" already exists.`);
}

export async function findConnectionBySlug(
  tx: TenantTx,
  slug: string,
  lock = false,
): Promise<StoredConnection | undefined> {
  return await tx.find(tx.tables.connections, eq(tx.tables.connections.slug, slug), lock);
}

export async function listConnectionRows(
  tx: TenantTx,
  page: { after?: string; limit: number },
): Promise<StoredConnection[]> {
  const { connections } = tx.tables;
  const where = page.after === undefined ? undefined : gt(connections.slug, page.after);
  return await tx.select(connections, { where, orderBy: [asc(connections.slug)], limit: page.limit });
}

export async function countConnections(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.connections);
}

export async function updateConnectionRow(
  tx: TenantTx,
  id: string,
  changes: Partial<Pick<StoredConnection, "baseUrl" | "apiVersion" | "sealedSecret">>,
): Promise<StoredConnection | undefined> {
  const [row] = await tx.update(tx.tables.connections, changes, eq(tx.tables.connections.id, id));
  return row;
}

/** Refused as `conflict` while a model uses it. */
export async function deleteConnectionRow(tx: TenantTx, id: string): Promise<void> {
  await tx.delete(tx.tables.connections, eq(tx.tables.connections.id, id));
}

/** Slugs by id. */
export async function connectionSlugs(tx: TenantTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { connections } = tx.tables;
  const rows = await tx.select(connections, { where: inArray(connections.id, [...new Set(ids)]) });
  return new Map(rows.map((row) => [row.id, row.slug]));
}
