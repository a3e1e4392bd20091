import { type Dataset, notFound } from "@assay/core";
import { findDatasetBySlug, newestDatasetVersions } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { datasetOf } from "./dataset-of.ts";

export async function getDataset(context: Context, { dataset }: VerbInput<"getDataset">): Promise<Dataset> {
  return await context.tenant.read(async (tx) => {
    const row = await findDatasetBySlug(tx, dataset);
    if (row === undefined) throw notFound("dataset");
    const newest = await newestDatasetVersions(tx, [row.id]);
    return datasetOf(row, newest.get(row.id));
  });
}
