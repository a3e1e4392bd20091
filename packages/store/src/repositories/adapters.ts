import {
  and,
  asc,
  desc,
  eq,
  gt,
  type InferInsertModel,
  type InferSelectModel,
  inArray,
  lt,
  max,
} from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type AdapterRow = InferSelectModel<Schema["adapters"]>;
export type AdapterVersionRow = InferSelectModel<Schema["adapterVersions"]>;
type AdapterInsert = Omit<InferInsertModel<Schema["adapters"]>, "tenantId" | "id" | "createdAt">;
export type AdapterVersionInsert = Omit<
  InferInsertModel<Schema["adapterVersions"]>,
  "tenantId" | "id" | "createdAt"
>;

export async function insertAdapter(tx: TenantTx, draft: AdapterInsert): Promise<AdapterRow> {
  const row = { id: newId("adapter"), createdAt: new Date(), ...draft };
  return await tx.insert(tx.tables.adapters, row, `An adapter "${draft.slug}" already exists.`);
}

export async function findAdapterBySlug(
  tx: TenantTx,
  slug: string,
  lock = false,
): Promise<AdapterRow | undefined> {
  return await tx.find(tx.tables.adapters, eq(tx.tables.adapters.slug, slug), lock);
}

export async function listAdapterRows(
  tx: TenantTx,
  page: { after?: string; limit: number },
): Promise<AdapterRow[]> {
  const { adapters } = tx.tables;
  const where = page.after === undefined ? undefined : gt(adapters.slug, page.after);
  return await tx.select(adapters, { where, orderBy: [asc(adapters.slug)], limit: page.limit });
}

export async function countAdapters(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.adapters);
}

/** Newest version number by adapter id; an adapter without versions is absent. */
export async function newestAdapterVersionNumbers(
  tx: TenantTx,
  adapterIds: readonly string[],
): Promise<Map<string, number>> {
  if (adapterIds.length === 0) return new Map();
  const { adapterVersions } = tx.tables;
  const rows = await tx.aggregate(adapterVersions, {
    columns: { id: adapterVersions.adapterId, newest: max(adapterVersions.version) },
    where: inArray(adapterVersions.adapterId, [...adapterIds]),
    groupBy: [adapterVersions.adapterId],
  });
  return new Map(rows.map((row) => [String(row.id), Number(row.newest)]));
}

export async function insertAdapterVersion(
  tx: TenantTx,
  draft: AdapterVersionInsert,
): Promise<AdapterVersionRow> {
  const row = { id: newId("adapterVersion"), createdAt: new Date(), ...draft };
  return await tx.insert(tx.tables.adapterVersions, row, "The adapter got another version meanwhile.");
}

export async function findAdapterVersion(
  tx: TenantTx,
  adapterId: string,
  version: number,
): Promise<AdapterVersionRow | undefined> {
  const { adapterVersions } = tx.tables;
  const where = and(eq(adapterVersions.adapterId, adapterId), eq(adapterVersions.version, version));
  const [row] = await tx.select(adapterVersions, { where, limit: 1 });
  return row;
}

/** Newest first; `after` is the number of the last version of the page before. */
export async function listAdapterVersionRows(
  tx: TenantTx,
  adapterId: string,
  page: { after?: number; limit: number },
): Promise<AdapterVersionRow[]> {
  const { adapterVersions } = tx.tables;
  const ofAdapter = eq(adapterVersions.adapterId, adapterId);
  const where =
    page.after === undefined ? ofAdapter : and(ofAdapter, lt(adapterVersions.version, page.after));
  return await tx.select(adapterVersions, {
    where,
    orderBy: [desc(adapterVersions.version)],
    limit: page.limit,
  });
}
