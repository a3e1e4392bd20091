import type { ConnectionKind, GgufFacts, Price } from "@assay/core";
import { eq, inArray, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";

export interface ConnectionRow {
  id: string;
  kind: ConnectionKind;
  baseUrl: string;
  apiVersion: string | null;
  sealedSecret: Uint8Array | null;
}

/** A model as serving needs it, whoever owns it. */
export interface ServableModel {
  id: string;
  ownership: "shared" | "tenant";
  slug: string;
  kind: "local" | "hosted";
  sha256: string | null;
  /** Of a local model's file. */
  gguf: GgufFacts | null;
  providerModel: string | null;
  price: Price | null;
  /** Hosted models of the tenant; a shared hosted model is reached through the platform's own connection. */
  connection: ConnectionRow | null;
}

/** The model that a version or an adapter pins: exactly one of the two ids is set. */
export async function findPinnedModel(
  tx: TenantTx,
  pin: { modelId: string | null; sharedModelId: string | null },
): Promise<ServableModel | undefined> {
  if (pin.sharedModelId !== null) {
    const { sharedModels } = tx.tables;
    const [row] = await tx.shared
      .select()
      .from(sharedModels)
      .where(eq(sharedModels.id, pin.sharedModelId))
      .limit(1);
    return row && { ...row, ownership: "shared", connection: null };
  }
  if (pin.modelId === null) return undefined;
  const row = await tx.find(tx.tables.models, eq(tx.tables.models.id, pin.modelId));
  if (row === undefined) return undefined;
  const { connections } = tx.tables;
  const connection =
    row.connectionId === null ? undefined : await tx.find(connections, eq(connections.id, row.connectionId));
  return { ...row, ownership: "tenant", connection: connection ?? null };
}

/** A model by its slug: the tenant's own, else a shared one. */
export async function findServableModelBySlug(
  tx: TenantTx,
  slug: string,
): Promise<ServableModel | undefined> {
  const { models, sharedModels } = tx.tables;
  const own = await tx.find(models, eq(models.slug, slug));
  if (own !== undefined) return await findPinnedModel(tx, { modelId: own.id, sharedModelId: null });
  const [shared] = await tx.shared.select().from(sharedModels).where(eq(sharedModels.slug, slug)).limit(1);
  return shared && { ...shared, ownership: "shared", connection: null };
}

/** Slug and number of versions by their ids; ids of other tenants are simply not there. */
export async function findVersionNames(
  tx: TenantTx,
  versionIds: string[],
): Promise<Map<string, { prompt: string; version: number }>> {
  if (versionIds.length === 0) return new Map();
  const { prompts, promptVersions } = tx.tables;
  const { id, promptId, version } = promptVersions;
  // Without their contents, which may be long.
  const rows = await tx.aggregate(promptVersions, {
    columns: { id, promptId, version },
    where: inArray(id, [...new Set(versionIds)]),
  });
  const promptIds = [...new Set(rows.map((row) => String(row.promptId)))];
  const named =
    promptIds.length === 0 ? [] : await tx.select(prompts, { where: inArray(prompts.id, promptIds) });
  const slugs = new Map(named.map((row) => [row.id, row.slug]));
  return new Map(
    rows.map((row) => [
      String(row.id),
      { prompt: slugs.get(String(row.promptId)) ?? "", version: Number(row.version) },
    ]),
  );
}

/** An adapter version with its adapter, by `slug@version`. */
export async function findAdapterVersionForServing(tx: TenantTx, slug: string, version: number) {
  const { adapters, adapterVersions } = tx.tables;
  const adapter = await tx.find(adapters, eq(adapters.slug, slug));
  if (adapter === undefined) return undefined;
  const found = await tx.find(
    adapterVersions,
    sql`${adapterVersions.adapterId} = ${adapter.id} and ${adapterVersions.version} = ${version}`,
  );
  return found && { adapter, version: found };
}

/** The names of everything that can be served; bounded by the tenant's limits on each kind. */
export async function listServableNames(tx: TenantTx) {
  const { labels, prompts, adapters, adapterVersions, models, sharedModels } = tx.tables;
  const labelRows = await tx.join({ left: labels, right: prompts, on: eq(labels.promptId, prompts.id) });
  const adapterRows = await tx.join({
    left: adapterVersions,
    right: adapters,
    on: eq(adapterVersions.adapterId, adapters.id),
  });
  const own = await tx.select(models);
  const shared = await tx.shared.select().from(sharedModels);
  return {
    labels: labelRows.map(({ left, right }) => ({
      prompt: right.slug,
      label: left.name,
      at: left.updatedAt,
    })),
    adapters: adapterRows.map(({ left, right }) => ({
      slug: right.slug,
      version: left.version,
      at: left.createdAt,
    })),
    models: [
      ...own.map(({ slug, createdAt }) => ({ slug, at: createdAt, ownership: "tenant" as const })),
      ...shared.map(({ slug, createdAt }) => ({ slug, at: createdAt, ownership: "shared" as const })),
    ],
  };
}
