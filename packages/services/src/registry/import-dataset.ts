import { type Case, type ImportedDataset, notFound } from "@assay/core";
import { parseCases } from "@assay/evaluator";
import { findDatasetBySlug, insertCases, insertDatasetVersion, listDatasetVersionRows } from "@assay/store";
import { contentHash } from "../content-hash.ts";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { datasetVersionOf } from "./dataset-of.ts";

/**
 * Imports JSONL or CSV as the dataset's next version, all rows or none. What the newest version already holds makes
 * no new one.
 * @throws AppError `not_found`, `dataset_invalid` with the rows that are wrong
 */
export async function importDataset(
  context: Context,
  input: VerbInput<"importDataset">,
): Promise<ImportedDataset> {
  // Before the body is read, so that a name that does not exist costs nothing.
  const known = await context.tenant.read((tx) => findDatasetBySlug(tx, input.dataset));
  if (known === undefined) throw notFound("dataset");
  const cases = await parseCases(input.text, input.format);
  const contentSha256 = hashOfCases(cases);

  return await context.tenant.write(async (tx) => {
    const dataset = await findDatasetBySlug(tx, input.dataset, true);
    if (dataset === undefined) throw notFound("dataset");
    const [newest] = await listDatasetVersionRows(tx, dataset.id, { limit: 1 });
    if (newest?.contentSha256 === contentSha256)
      return { created: false, version: datasetVersionOf(newest, input.dataset) };
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

/** Over the hashes of the cases and not their text, which may be tens of megabytes. */
function hashOfCases(cases: readonly Case[]): string {
  return contentHash(cases.map((each) => contentHash(each)));
}
