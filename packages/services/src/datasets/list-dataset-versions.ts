import { type DatasetVersion, notFound, type Page } from "@assay/core";
import { findDatasetBySlug, listDatasetVersionRows } from "@assay/store";
import type { Context } from "../context.ts";
import { numericKeysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { datasetVersionOf } from "./dataset-of.ts";

/** Versions of a dataset, newest first. */
export async function listDatasetVersions(
  context: Context,
  { dataset, ...query }: VerbInput<"listDatasetVersions">,
): Promise<Page<DatasetVersion>> {
  const page = numericKeysetOf(query);
  const rows = await context.tenant.read(async (tx) => {
    const row = await findDatasetBySlug(tx, dataset);
    if (row === undefined) throw notFound("dataset");
    return await listDatasetVersionRows(tx, row.id, page);
  });
  return pageOfRows({
    query,
    rows,
    toItem: (row) => datasetVersionOf(row, dataset),
    cursorOf: (row) => row.version,
  });
}
