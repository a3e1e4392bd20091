import { and, desc, inArray, lt, or, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";

export interface AdapterUseRow {
  versionId: string;
  promptId: string;
  promptVersion: number;
  adapterVersion: number;
  createdAt: Date;
}

interface WantedUses {
  adapterId: string;
  /** Only versions of these prompts; null for all. */
  promptIds: readonly string[] | null;
  /** Id of the last version of the page before. */
  after?: string;
  limit: number;
}

/** Versions of prompts that pin a version of the adapter, newest first. */
export async function listAdapterUseRows(
  tx: TenantTx,
  { adapterId, promptIds, after, limit }: WantedUses,
): Promise<AdapterUseRow[]> {
  const { promptVersions, adapterVersions } = tx.tables;
  const ofAdapter = sql`${promptVersions.adapterVersionId} in (select a.id from ${adapterVersions} a
    where a.tenant_id = ${tx.tenantId} and a.adapter_id = ${adapterId})`;
  const rows = await tx.aggregate(promptVersions, {
    columns: {
      versionId: promptVersions.id,
      promptId: promptVersions.promptId,
      promptVersion: promptVersions.version,
      adapterVersionId: promptVersions.adapterVersionId,
      createdAt: promptVersions.createdAt,
    },
    where: and(
      ofAdapter,
      promptIds === null ? undefined : inArray(promptVersions.promptId, [...promptIds]),
      after === undefined ? undefined : lt(promptVersions.id, after),
    ),
    orderBy: [desc(promptVersions.id)],
    limit,
  });
  const numbers = await versionNumbers(
    tx,
    rows.map((row) => String(row.adapterVersionId)),
  );
  return rows.map((row) => ({
    versionId: String(row.versionId),
    promptId: String(row.promptId),
    promptVersion: Number(row.promptVersion),
    adapterVersion: numbers.get(String(row.adapterVersionId)) ?? 0,
    createdAt: row.createdAt as Date,
  }));
}

async function versionNumbers(tx: TenantTx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { adapterVersions } = tx.tables;
  const rows = await tx.aggregate(adapterVersions, {
    columns: { id: adapterVersions.id, version: adapterVersions.version },
    where: inArray(adapterVersions.id, [...new Set(ids)]),
  });
  return new Map(rows.map((row) => [String(row.id), Number(row.version)]));
}

/** Labels that mean one of the versions at `now`, by version; an override that has expired means its fallback again. */
export async function findLabelsOn(
  tx: TenantTx,
  versionIds: readonly string[],
  now: Date,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (versionIds.length === 0) return found;
  const { labels } = tx.tables;
  const ids = [...versionIds];
  const rows = await tx.select(labels, {
    where: or(inArray(labels.versionId, ids), inArray(labels.fallbackVersionId, ids)),
    orderBy: [labels.name],
  });
  for (const { name, versionId, fallbackVersionId, expiresAt } of rows) {
    const meant = expiresAt !== null && expiresAt <= now ? fallbackVersionId : versionId;
    if (meant === null) continue;
    const names = found.get(meant);
    if (names === undefined) found.set(meant, [name]);
    else names.push(name);
  }
  return found;
}
