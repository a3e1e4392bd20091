import { and, asc, eq, gt, inArray, sql } from "../drizzle.ts";
import { countWithinPage, lengthOf } from "../select-within.ts";
import type { TenantTx } from "../tenant-tx.ts";
import type { CaseRow } from "./datasets.ts";

/** A case as the JSON it is kept as. */
export interface CaseText {
  position: number;
  key: string;
  json: string;
}

/** In their order, unparsed: for what looks at many to find a few. As many as may be read in one turn. */
export async function listCaseTexts(
  tx: TenantTx,
  datasetVersionId: string,
  page: { after: number; limit: number },
): Promise<CaseText[]> {
  const { cases } = tx.tables;
  const wanted = {
    where: and(eq(cases.datasetVersionId, datasetVersionId), gt(cases.position, page.after)),
    orderBy: [asc(cases.position)],
  };
  const lengths = await tx.aggregate(cases, {
    columns: { bytes: lengthOf(cases.body) },
    ...wanted,
    limit: page.limit,
  });
  const rows = await tx.aggregate(cases, {
    columns: { position: cases.position, key: cases.key, json: sql`${cases.body}` },
    ...wanted,
    limit: countWithinPage(lengths.map(({ bytes }) => Number(bytes))),
  });
  return rows.map((row) => ({
    position: Number(row.position),
    key: String(row.key),
    json: String(row.json),
  }));
}

/** Places and keys in their order, without the cases themselves. */
export async function listCasePlaces(
  tx: TenantTx,
  datasetVersionId: string,
  page: { after: number; limit: number },
): Promise<{ position: number; key: string }[]> {
  const { cases } = tx.tables;
  const rows = await tx.aggregate(cases, {
    columns: { position: cases.position, key: cases.key },
    where: and(eq(cases.datasetVersionId, datasetVersionId), gt(cases.position, page.after)),
    orderBy: [asc(cases.position)],
    limit: page.limit,
  });
  return rows.map(({ position, key }) => ({ position: Number(position), key: String(key) }));
}

/** Places of cases in groups, in their order, each of which may be read in one turn. */
export async function groupCasePlaces(
  tx: TenantTx,
  datasetVersionId: string,
  places: readonly number[],
): Promise<number[][]> {
  if (places.length === 0) return [];
  const { cases } = tx.tables;
  const rows = await tx.aggregate(cases, {
    columns: { position: cases.position, bytes: lengthOf(cases.body) },
    where: and(eq(cases.datasetVersionId, datasetVersionId), inArray(cases.position, [...places])),
  });
  const bytesAt = new Map(rows.map(({ position, bytes }) => [Number(position), Number(bytes)]));
  const groups: number[][] = [];
  for (let left = [...places]; left.length > 0; left = left.slice(groups.at(-1)?.length)) {
    groups.push(left.slice(0, countWithinPage(left.map((place) => bytesAt.get(place) ?? 0))));
  }
  return groups;
}

export async function findCaseByKey(
  tx: TenantTx,
  datasetVersionId: string,
  key: string,
): Promise<CaseRow | undefined> {
  const { cases } = tx.tables;
  const [row] = await tx.select(cases, {
    where: and(eq(cases.datasetVersionId, datasetVersionId), eq(cases.key, key)),
    limit: 1,
  });
  return row;
}
