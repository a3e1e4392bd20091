import { setImmediate as nextTurn } from "node:timers/promises";
import type { Case } from "@assay/core";
import { and, asc, desc, eq, gt, type InferSelectModel, inArray, lt, max, or, sql } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import { type Cut, countWithinPage, lengthOf, selectWithin } from "../select-within.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type DatasetRow = InferSelectModel<Schema["datasets"]>;
export type DatasetVersionRow = InferSelectModel<Schema["datasetVersions"]>;
export type CaseRow = InferSelectModel<Schema["cases"]>;

/** So few that a statement, which holds the process, takes a few milliseconds. */
const CASES_PER_INSERT = 250;

export async function insertDataset(
  tx: TenantTx,
  draft: { slug: string; description: string },
): Promise<DatasetRow> {
  const row = { id: newId("dataset"), createdAt: new Date(), ...draft };
  return await tx.insert(tx.tables.datasets, row, `A dataset "${draft.slug}" already exists.`);
}

export async function findDatasetBySlug(
  tx: TenantTx,
  slug: string,
  lock = false,
): Promise<DatasetRow | undefined> {
  // The nameless one holds what is being imported.
  if (slug === "") return undefined;
  return await tx.find(tx.tables.datasets, eq(tx.tables.datasets.slug, slug), lock);
}

export async function listDatasetRows(
  tx: TenantTx,
  page: { after?: string; limit: number },
): Promise<DatasetRow[]> {
  const { datasets } = tx.tables;
  // After the nameless one, which holds what is being imported.
  const where = gt(datasets.slug, page.after ?? "");
  return await tx.select(datasets, { where, orderBy: [asc(datasets.slug)], limit: page.limit });
}

export async function countDatasets(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.datasets, gt(tx.tables.datasets.slug, ""));
}

/** Newest version by dataset id; a dataset without versions is absent. */
export async function newestDatasetVersions(
  tx: TenantTx,
  datasetIds: readonly string[],
): Promise<Map<string, DatasetVersionRow>> {
  if (datasetIds.length === 0) return new Map();
  const { datasetVersions } = tx.tables;
  const rows = await tx.aggregate(datasetVersions, {
    columns: { id: datasetVersions.datasetId, newest: max(datasetVersions.version) },
    where: inArray(datasetVersions.datasetId, [...datasetIds]),
    groupBy: [datasetVersions.datasetId],
  });
  const each = rows.map(({ id, newest }) =>
    and(eq(datasetVersions.datasetId, String(id)), eq(datasetVersions.version, Number(newest))),
  );
  const found = each.length === 0 ? [] : await tx.select(datasetVersions, { where: or(...each) });
  return new Map(found.map((row) => [row.datasetId, row]));
}

export async function insertDatasetVersion(
  tx: TenantTx,
  draft: Pick<DatasetVersionRow, "datasetId" | "version" | "contentSha256" | "caseCount"> &
    Partial<Pick<DatasetVersionRow, "note" | "createdBy">>,
): Promise<DatasetVersionRow> {
  const row = { id: newId("datasetVersion"), createdAt: new Date(), ...draft };
  return await tx.insert(tx.tables.datasetVersions, row, "The dataset got another version meanwhile.");
}

export async function findDatasetVersion(
  tx: TenantTx,
  datasetId: string,
  version: number,
): Promise<DatasetVersionRow | undefined> {
  const { datasetVersions } = tx.tables;
  const where = and(eq(datasetVersions.datasetId, datasetId), eq(datasetVersions.version, version));
  const [row] = await tx.select(datasetVersions, { where, limit: 1 });
  return row;
}

/** Newest first; `after` is the number of the last version of the page before. */
export async function listDatasetVersionRows(
  tx: TenantTx,
  datasetId: string,
  page: { after?: number; limit: number },
): Promise<DatasetVersionRow[]> {
  const { datasetVersions } = tx.tables;
  const ofDataset = eq(datasetVersions.datasetId, datasetId);
  const where =
    page.after === undefined ? ofDataset : and(ofDataset, lt(datasetVersions.version, page.after));
  return await tx.select(datasetVersions, {
    where,
    orderBy: [desc(datasetVersions.version)],
    limit: page.limit,
  });
}

/** How many cases all versions of all datasets hold together, with those that are being imported. */
export async function countStoredCases(tx: TenantTx): Promise<number> {
  const { datasetVersions } = tx.tables;
  const columns = { cases: sql`coalesce(sum(${datasetVersions.caseCount}), 0)` };
  const [row] = await tx.aggregate(datasetVersions, { columns });
  return Number(row?.cases ?? 0);
}

/**
 * Stores cases of a version in their order, where it has those before `start` already; positions count from 0. Between
 * statements others are served.
 */
export async function insertCasesAt(
  tx: TenantTx,
  datasetVersionId: string,
  { start: first, cases }: { start: number; cases: readonly Case[] },
): Promise<void> {
  for (let start = 0; start < cases.length; start += CASES_PER_INSERT) {
    const rows = cases.slice(start, start + CASES_PER_INSERT).map((body, index) => ({
      datasetVersionId,
      position: first + start + index,
      key: body.key,
      body,
    }));
    await tx.insertAll(tx.tables.cases, rows, "Two cases have the same key.");
    await nextTurn();
  }
}

interface CasesPage {
  /** The position of the last case of the page before. */
  after?: number;
  limit: number;
}

/** In their order, as many as may be read in one turn: fewer than asked for is not the end. */
export async function listCaseRows(
  tx: TenantTx,
  datasetVersionId: string,
  page: CasesPage,
): Promise<CaseRow[]> {
  return (await cutCaseRows(tx, datasetVersionId, page)).rows;
}

/** The same, and whether there are more. */
export async function cutCaseRows(
  tx: TenantTx,
  datasetVersionId: string,
  { after, limit }: CasesPage,
): Promise<Cut<CaseRow>> {
  const { cases } = tx.tables;
  const ofVersion = eq(cases.datasetVersionId, datasetVersionId);
  const where = after === undefined ? ofVersion : and(ofVersion, gt(cases.position, after));
  return await selectWithin(tx, cases, { where, orderBy: [asc(cases.position)], limit, long: cases.body });
}

/** Which of these keys a version has cases for. */
export async function listCaseKeys(
  tx: TenantTx,
  datasetVersionId: string,
  keys: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { cases } = tx.tables;
  const rows = await tx.aggregate(cases, {
    columns: { key: cases.key },
    where: and(eq(cases.datasetVersionId, datasetVersionId), inArray(cases.key, [...keys])),
  });
  return new Set(rows.map((row) => String(row.key)));
}

export async function findCaseRow(
  tx: TenantTx,
  datasetVersionId: string,
  key: string,
): Promise<CaseRow | undefined> {
  const { cases } = tx.tables;
  const where = and(eq(cases.datasetVersionId, datasetVersionId), eq(cases.key, key));
  return (await tx.select(cases, { where, limit: 1 }))[0];
}

/** What a selection of cases goes by. */
export interface CaseFacts {
  position: number;
  key: string;
  tags: string[];
}

/**
 * The same cases without the rest of them, which has to be read all the same; `after` is the position of the last case
 * of the page before.
 */
export async function listCaseFacts(
  tx: TenantTx,
  datasetVersionId: string,
  page: { after: number; limit: number },
): Promise<CaseFacts[]> {
  const { cases } = tx.tables;
  const { position, key, body } = cases;
  const wanted = {
    where: and(eq(cases.datasetVersionId, datasetVersionId), gt(position, page.after)),
    orderBy: [asc(position)],
  };
  const lengths = await tx.aggregate(cases, {
    columns: { bytes: lengthOf(body) },
    ...wanted,
    limit: page.limit,
  });
  const limit = countWithinPage(lengths.map(({ bytes }) => Number(bytes)));
  const rows = await tx.aggregate(cases, { columns: { position, key, body }, ...wanted, limit });
  return rows.map((row) => ({
    position: Number(row.position),
    key: String(row.key),
    tags: (row.body as Case).tags,
  }));
}

/** The cases at these places, in the order of the dataset: of a group of `groupCasePlaces` where they may be long. */
export async function listCasesAt(
  tx: TenantTx,
  datasetVersionId: string,
  positions: readonly number[],
): Promise<CaseRow[]> {
  const { cases } = tx.tables;
  const where = and(eq(cases.datasetVersionId, datasetVersionId), inArray(cases.position, [...positions]));
  return await tx.select(cases, { where, orderBy: [asc(cases.position)] });
}
