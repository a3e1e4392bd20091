import type { Dataset, Page } from "@assay/core";
import { listDatasetRows, newestDatasetVersions } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { datasetOf } from "./dataset-of.ts";

/** Datasets of the tenant by slug. */
export async function listDatasets(
  context: Context,
  query: VerbInput<"listDatasets">,
): Promise<Page<Dataset>> {
  const page = keysetOf(query);
  return await context.tenant.read(async (tx) => {
    const rows = await listDatasetRows(tx, page);
    const newest = await newestDatasetVersions(
      tx,
      rows.map((row) => row.id),
    );
    return pageOfRows({
      query,
      rows,
      toItem: (row) => datasetOf(row, newest.get(row.id)),
      cursorOf: (row) => row.slug,
    });
  });
}
