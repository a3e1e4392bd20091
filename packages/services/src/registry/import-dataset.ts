import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError, type Case, type ImportedDataset, LIMITS, notFound } from "@assay/core";
import { parseCases } from "@assay/evaluator";
import {
  countStoredCases,
  findDatasetBySlug,
  insertCases,
  insertDatasetVersion,
  listDatasetVersionRows,
} from "@assay/store";
import { contentHash } from "../content-hash.ts";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { nameDataset } from "./create-dataset.ts";
import { datasetVersionOf } from "./dataset-of.ts";

/** Characters read, or cases hashed, before others are served. */
const CHARACTERS_PER_TURN = 64 * 1024;
const CASES_PER_TURN = 200;

/**
 * Imports JSONL or CSV as the dataset's next version, all rows or none. What the newest version already holds makes
 * no new one; what an older one held does, because runs take the newest. Others are served meanwhile.
 * @throws AppError `not_found`, `dataset_invalid` with the rows that are wrong, `conflict` when the dataset or the
 * tenant holds as much as it may
 */
export async function importDataset(
  context: Context,
  input: VerbInput<"importDataset">,
): Promise<ImportedDataset> {
  // Before the body is read, so that a name that does not exist costs nothing.
  const known = await context.tenant.read((tx) => findDatasetBySlug(tx, input.dataset));
  const mayCreate = input.create === "true";
  if (known === undefined && !mayCreate) throw notFound("dataset");
  const cases = await parseCases(inTurns(input.text), input.format);
  const contentSha256 = await hashOfCases(cases);

  return await context.tenant.write(async (tx) => {
    const found = await findDatasetBySlug(tx, input.dataset, true);
    if (found === undefined && !mayCreate) throw notFound("dataset");
    const dataset = found ?? (await nameDataset(context, tx, { slug: input.dataset, description: "" }));
    const [newest] = await listDatasetVersionRows(tx, dataset.id, { limit: 1 });
    if (newest?.contentSha256 === contentSha256)
      return { created: false, version: datasetVersionOf(newest, input.dataset) };
    refuseTooMany({ versions: newest?.version ?? 0, cases: (await countStoredCases(tx)) + cases.length });
    const row = await insertDatasetVersion(tx, {
      datasetId: dataset.id,
      version: (newest?.version ?? 0) + 1,
      contentSha256,
      caseCount: cases.length,
    });
    await insertCases(tx, row.id, cases);
    await tx.audit({
      actor: actorOf(context),
      action: "dataset_version.import",
      object: `${input.dataset}@${row.version}`,
      details: { contentHash: contentSha256, caseCount: cases.length },
    });
    return { created: true, version: datasetVersionOf(row, input.dataset) };
  });
}

function refuseTooMany({ versions, cases }: { versions: number; cases: number }): void {
  if (versions >= LIMITS.versionsPerDatasetMax) {
    const message = `A dataset may have ${LIMITS.versionsPerDatasetMax} versions at most; import into another dataset.`;
    throw new AppError("conflict", message, { max: LIMITS.versionsPerDatasetMax });
  }
  if (cases > LIMITS.casesPerTenantMax) {
    const message = `A tenant may store ${LIMITS.casesPerTenantMax} cases at most, and these would make it ${cases}; import fewer cases, or ask the operator for another tenant.`;
    throw new AppError("conflict", message, { max: LIMITS.casesPerTenantMax });
  }
}

async function* inTurns(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      const end = endOfPiece(chunk, start + CHARACTERS_PER_TURN);
      yield chunk.slice(start, end);
      start = end;
      await nextTurn();
    }
  }
}

/** Never between the halves of a surrogate pair, which alone would count as more bytes. */
function endOfPiece(text: string, end: number): number {
  return /[\uD800-\uDBFF]/.test(text[end - 1] ?? "") ? end + 1 : end;
}

/** Over the hashes of the cases and not their text, which may be tens of megabytes. */
async function hashOfCases(cases: readonly Case[]): Promise<string> {
  const hashes: string[] = [];
  for (const each of cases) {
    hashes.push(contentHash(each));
    if (hashes.length % CASES_PER_TURN === 0) await nextTurn();
  }
  return contentHash(hashes);
}
