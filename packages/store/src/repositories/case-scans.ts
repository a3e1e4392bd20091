import { and, asc, eq, gt, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";
import type { CaseRow } from "./datasets.ts";

/** A case as the JSON it is kept as. */
export interface CaseText {
  position: number;
  key: string;
  json: string;
}

/** In their order, unparsed: for what looks at many to find a few. */
export async function listCaseTexts(
  tx: TenantTx,
  datasetVersionId: string,
  page: { after: number; limit: number },
): Promise<CaseText[]> {
  const { cases } = tx.tables;
  const rows = await tx.aggregate(cases, {
    columns: { position: cases.position, key: cases.key, json: sql`${cases.body}` },
    where: and(eq(cases.datasetVersionId, datasetVersionId), gt(cases.position, page.after)),
    orderBy: [asc(cases.position)],
    limit: page.limit,
  });
  return rows.map((row) => ({
    position: Number(row.position),
    key: String(row.key),
    json: String(row.json),
  }));
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
