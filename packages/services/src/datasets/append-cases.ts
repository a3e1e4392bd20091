import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError, type Case, type ImportedDataset, LIMITS } from "@assay/core";
import {
  countStoredCases,
  type DatasetVersionRow,
  findDatasetBySlug,
  insertCasesAt,
  insertDatasetVersion,
  listCaseRows,
  listDatasetVersionRows,
  type TenantTx,
} from "@assay/store";
import { contentHash } from "../content-hash.ts";
import { datasetVersionOf } from "./dataset-of.ts";

const CASES_PER_PAGE = 250;

/**
 * Makes the next version of a dataset: the cases of its newest one, and `added` after them. None of `added` may have a
 * key that is taken. The content's hash is that of an import of the same cases.
 * @throws AppError `conflict` when the dataset or the tenant holds as much as it may
 */
export async function appendCases(
  tx: TenantTx,
  { dataset, added }: { dataset: string; added: readonly Case[] },
): Promise<ImportedDataset | undefined> {
  const row = await findDatasetBySlug(tx, dataset, true);
  if (row === undefined) return undefined;
  const [newest] = await listDatasetVersionRows(tx, row.id, { limit: 1 });
  await refuseTooMany(tx, newest, added.length);
  const hashes: string[] = [];
  for await (const page of pagesOf(tx, newest)) hashes.push(...page.map((each) => contentHash(each)));
  hashes.push(...added.map((each) => contentHash(each)));
  const version = await insertDatasetVersion(tx, {
    datasetId: row.id,
    version: (newest?.version ?? 0) + 1,
    contentSha256: contentHash(hashes),
    caseCount: hashes.length,
  });
  let start = 0;
  for await (const cases of pagesOf(tx, newest)) {
    await insertCasesAt(tx, version.id, { start, cases });
    start += cases.length;
  }
  await insertCasesAt(tx, version.id, { start, cases: added });
  return { created: true, version: datasetVersionOf(version, dataset) };
}

/** A page at a time, others being served in between. */
async function* pagesOf(tx: TenantTx, version: DatasetVersionRow | undefined): AsyncGenerator<Case[]> {
  if (version === undefined) return;
  let after: number | undefined;
  for (;;) {
    const page = { ...(after !== undefined && { after }), limit: CASES_PER_PAGE };
    const rows = await listCaseRows(tx, version.id, page);
    after = rows.at(-1)?.position;
    if (after === undefined) return;
    yield rows.map(({ body }) => body);
    await nextTurn();
  }
}

async function refuseTooMany(
  tx: TenantTx,
  newest: DatasetVersionRow | undefined,
  count: number,
): Promise<void> {
  const cases = (newest?.caseCount ?? 0) + count;
  const bounds: [things: string, count: number, max: number][] = [
    ["versions of a dataset", (newest?.version ?? 0) + 1, LIMITS.versionsPerDatasetMax],
    ["cases of a dataset", cases, LIMITS.datasetCasesMax],
    ["stored cases of a tenant", (await countStoredCases(tx)) + cases, LIMITS.casesPerTenantMax],
  ];
  for (const [things, found, max] of bounds) {
    if (found > max)
      throw new AppError(
        "conflict",
        `This would make ${found} ${things}, and ${max} is the most there may be.`,
        {
          max,
        },
      );
  }
}
