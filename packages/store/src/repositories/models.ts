import { asc, eq, gt, type InferInsertModel, type InferSelectModel, inArray } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type ModelRow = InferSelectModel<Schema["models"]>;
export type SharedModelRow = InferSelectModel<Schema["sharedModels"]>;
type ModelInsert = Omit<InferInsertModel<Schema["models"]>, "tenantId" | "id" | "createdAt">;

export async function insertModel(tx: TenantTx, draft: ModelInsert): Promise<ModelRow> {
  const row = { id: newId("model"), createdAt: new Date(), ...draft };
  return await tx.insert(tx.tables.models, row, `A model "${draft.slug}" already exists.`);
}

export async function findModelBySlug(
  tx: TenantTx,
  slug: string,
  lock = false,
): Promise<ModelRow | undefined> {
  return await tx.find(tx.tables.models, eq(tx.tables.models.slug, slug), lock);
}

/** The tenant's own models by slug. */
export async function listModelRows(
  tx: TenantTx,
  page: { after?: string; limit: number },
): Promise<ModelRow[]> {
  const { models } = tx.tables;
  const where = page.after === undefined ? undefined : gt(models.slug, page.after);
  return await tx.select(models, { where, orderBy: [asc(models.slug)], limit: page.limit });
}

export async function countModels(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.models);
}

/** Refused as `conflict` while an adapter or a prompt version names it. */
export async function deleteModelRow(tx: TenantTx, id: string): Promise<void> {
  await tx.delete(tx.tables.models, eq(tx.tables.models.id, id));
}

/** Does any model or adapter version of the tenant stand on this file? */
export async function isTenantFileNamed(tx: TenantTx, sha256: string): Promise<boolean> {
  const { models, adapterVersions } = tx.tables;
  if ((await tx.count(models, eq(models.sha256, sha256))) > 0) return true;
  return (await tx.count(adapterVersions, eq(adapterVersions.sha256, sha256))) > 0;
}

/** A shared model as a tenant sees it: readable, never writable. */
export async function findUsableSharedModel(tx: TenantTx, slug: string): Promise<SharedModelRow | undefined> {
  const { sharedModels } = tx.tables;
  const [row] = await tx.shared.select().from(sharedModels).where(eq(sharedModels.slug, slug)).limit(1);
  return row;
}

export async function listUsableSharedModels(
  tx: TenantTx,
  page: { after?: string; limit: number },
): Promise<SharedModelRow[]> {
  const { sharedModels } = tx.tables;
  return await tx.shared
    .select()
    .from(sharedModels)
    .where(page.after === undefined ? undefined : gt(sharedModels.slug, page.after))
    .orderBy(asc(sharedModels.slug))
    .limit(page.limit);
}

/** Slugs by model id, of own and shared models alike. */
export async function modelSlugs(tx: TenantTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { models, sharedModels } = tx.tables;
  const own = await tx.select(models, { where: inArray(models.id, [...ids]) });
  const shared = await tx.shared
    .select()
    .from(sharedModels)
    .where(inArray(sharedModels.id, [...ids]));
  return new Map([...own, ...shared].map((row) => [row.id, row.slug]));
}
