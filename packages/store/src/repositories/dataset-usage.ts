import { desc, eq, inArray } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";
import { newestVersionsOf } from "./suites.ts";

/** Newest suite versions on a dataset, with the names of suite and prompt. */
export async function listSuitesOnDataset(
  tx: TenantTx,
  datasetId: string,
  limit: number,
): Promise<{ suite: string; prompt: string; version: number }[]> {
  const { suites, suiteVersions, prompts } = tx.tables;
  const ever = await tx.aggregate(suiteVersions, {
    columns: { suiteId: suiteVersions.suiteId },
    where: eq(suiteVersions.datasetId, datasetId),
    groupBy: [suiteVersions.suiteId],
    limit,
  });
  const newest = await newestVersionsOf(
    tx,
    ever.map((row) => String(row.suiteId)),
  );
  const on = [...newest.values()].filter((version) => version.datasetId === datasetId);
  const suiteSlugs = await slugsOf(
    tx,
    suites,
    on.map(({ suiteId }) => suiteId),
  );
  const promptSlugs = await slugsOf(
    tx,
    prompts,
    on.map(({ promptId }) => promptId),
  );
  return on
    .map(({ suiteId, promptId, version }) => ({
      suite: suiteSlugs.get(suiteId) ?? "",
      prompt: promptSlugs.get(promptId) ?? "",
      version,
    }))
    .sort((a, b) => (a.suite < b.suite ? -1 : 1));
}

/** Gates that pin a version of a dataset, those of the newest version first. */
export async function listGatesOnDataset(
  tx: TenantTx,
  datasetId: string,
  limit: number,
): Promise<{ prompt: string; label: string; suite: string; datasetVersion: number }[]> {
  const { gates, datasetVersions, suiteVersions, suites, prompts } = tx.tables;
  const rows = await tx.join(
    { left: gates, right: datasetVersions, on: eq(datasetVersions.id, gates.datasetVersionId) },
    { where: eq(datasetVersions.datasetId, datasetId), orderBy: [desc(datasetVersions.version)], limit },
  );
  if (rows.length === 0) return [];
  const versionIds = rows.map(({ left }) => left.suiteVersionId);
  const versions = await tx.aggregate(suiteVersions, {
    columns: { id: suiteVersions.id, suiteId: suiteVersions.suiteId },
    where: inArray(suiteVersions.id, versionIds),
  });
  const suiteIdOf = new Map(versions.map((row) => [String(row.id), String(row.suiteId)]));
  const suiteSlugs = await slugsOf(tx, suites, [...suiteIdOf.values()]);
  const promptSlugs = await slugsOf(
    tx,
    prompts,
    rows.map(({ left }) => left.promptId),
  );
  return rows.map(({ left, right }) => ({
    prompt: promptSlugs.get(left.promptId) ?? "",
    label: left.label,
    suite: suiteSlugs.get(suiteIdOf.get(left.suiteVersionId) ?? "") ?? "",
    datasetVersion: right.version,
  }));
}

async function slugsOf(
  tx: TenantTx,
  table: TenantTx["tables"]["suites"] | TenantTx["tables"]["prompts"],
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.aggregate(table, {
    columns: { id: table.id, slug: table.slug },
    where: inArray(table.id, [...new Set(ids)]),
  });
  return new Map(rows.map((row) => [String(row.id), String(row.slug)]));
}
