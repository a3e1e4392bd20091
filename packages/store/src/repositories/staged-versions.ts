import { and, asc, eq, lt, max, sql } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { TenantTx } from "../tenant-tx.ts";
import type { DatasetVersionRow } from "./datasets.ts";

/** So few that the statement, which holds the process, takes a few milliseconds. */
const CASES_PER_DELETE = 250;

/**
 * Versions that are being imported belong to a dataset without a name, which no list shows and no route can ask for,
 * until one small commit gives them to their own. What a crash leaves there is found by its age.
 */
const NAMELESS = "";

/** Stands for the content's hash of a version that is being removed. A version with one never changes again. */
const REMOVED = "removed";

/** Begins a version that nobody sees. */
export async function openStagedVersion(tx: TenantTx, now: Date): Promise<string> {
  const { datasets, datasetVersions } = tx.tables;
  const draft = { id: newId("dataset"), slug: NAMELESS, description: "", createdAt: now };
  await tx.insertIfAbsent(datasets, draft);
  const holder = await tx.find(datasets, eq(datasets.slug, NAMELESS), true);
  const datasetId = holder?.id ?? draft.id;
  const [row] = await tx.aggregate(datasetVersions, {
    columns: { newest: max(datasetVersions.version) },
    where: eq(datasetVersions.datasetId, datasetId),
  });
  const version = Number(row?.newest ?? 0) + 1;
  const staged = { id: newId("datasetVersion"), datasetId, version, contentSha256: "", caseCount: 0 };
  return (await tx.insert(datasetVersions, { ...staged, createdAt: now })).id;
}

/** Says that an import goes on, and how far it is; answers whether its version is still there. */
export async function touchStagedVersion(
  tx: TenantTx,
  id: string,
  progress: { caseCount: number; createdAt: Date },
): Promise<boolean> {
  return (await tx.update(tx.tables.datasetVersions, progress, await isStaged(tx, id))).length > 0;
}

/** Gives a staged version to its dataset, where it is seen from the commit on; undefined when it is gone. */
export async function publishStagedVersion(
  tx: TenantTx,
  id: string,
  published: Pick<
    DatasetVersionRow,
    "datasetId" | "version" | "contentSha256" | "createdAt" | "note" | "createdBy"
  >,
): Promise<DatasetVersionRow | undefined> {
  const [row] = await tx.update(tx.tables.datasetVersions, published, await isStaged(tx, id));
  return row;
}

/** Staged versions that nobody has touched since. */
export async function listAbandonedVersions(tx: TenantTx, since: Date, limit: number): Promise<string[]> {
  const { datasetVersions } = tx.tables;
  const holderId = await findHolderId(tx);
  if (holderId === undefined) return [];
  const where = and(eq(datasetVersions.datasetId, holderId), lt(datasetVersions.createdAt, since));
  const rows = await tx.select(datasetVersions, { where, orderBy: [asc(datasetVersions.id)], limit });
  return rows.map(({ id }) => id);
}

/**
 * Takes a staged version for removal, in one commit: from then on nobody can go on with it or publish it. Only where
 * nobody has touched it since, if that is asked for. Answers whether it is to be removed.
 */
export async function claimForRemoval(tx: TenantTx, id: string, untouchedSince?: Date): Promise<boolean> {
  const { datasetVersions } = tx.tables;
  const found = await tx.find(datasetVersions, await isOfHolder(tx, id), true);
  if (found === undefined) return false;
  if (found.contentSha256 === REMOVED) return true;
  if (untouchedSince !== undefined && found.createdAt >= untouchedSince) return false;
  await tx.update(datasetVersions, { contentSha256: REMOVED }, await isOfHolder(tx, id));
  return true;
}

/** How many cases a staged version really has. */
export async function countCasesOf(tx: TenantTx, datasetVersionId: string): Promise<number> {
  return await tx.count(tx.tables.cases, eq(tx.tables.cases.datasetVersionId, datasetVersionId));
}

/** Removes some of a claimed version's cases, or the version when none are left; answers whether there is more. */
export async function removeSomeOfStaged(tx: TenantTx, id: string): Promise<boolean> {
  const { cases, datasetVersions } = tx.tables;
  // Held until the commit, so that two who remove it do not meet.
  const staged = await tx.find(datasetVersions, await isOfHolder(tx, id), true);
  if (staged?.contentSha256 !== REMOVED) return false;
  const [row] = await tx.aggregate(cases, {
    columns: { first: sql`min(${cases.position})` },
    where: eq(cases.datasetVersionId, id),
  });
  if (row?.first == null) {
    await tx.delete(datasetVersions, eq(datasetVersions.id, id));
    return false;
  }
  const end = Number(row.first) + CASES_PER_DELETE;
  await tx.delete(cases, sql`${eq(cases.datasetVersionId, id)} and ${lt(cases.position, end)}`);
  return true;
}

async function findHolderId(tx: TenantTx): Promise<string | undefined> {
  const { datasets } = tx.tables;
  return (await tx.find(datasets, eq(datasets.slug, NAMELESS)))?.id;
}

/** Is it being imported, and not being removed? */
async function isStaged(tx: TenantTx, id: string) {
  const { contentSha256 } = tx.tables.datasetVersions;
  return sql`${await isOfHolder(tx, id)} and ${eq(contentSha256, "")}`;
}

async function isOfHolder(tx: TenantTx, id: string) {
  const { datasetVersions } = tx.tables;
  const ofHolder = eq(datasetVersions.datasetId, (await findHolderId(tx)) ?? "");
  return sql`${eq(datasetVersions.id, id)} and ${ofHolder}`;
}
