import { type DatasetUsage, LIMITS } from "@assay/core";
import { listGatesOnDataset, listSuitesOnDataset } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { requireDataset } from "./find-version.ts";

/** Suites and gates that judge by a dataset, at most `LIMITS.pageSizeMax` of each. */
export async function getDatasetUsage(
  { tenant }: Context,
  { dataset }: VerbInput<"getDatasetUsage">,
): Promise<DatasetUsage> {
  return await tenant.read(async (tx) => {
    const { id } = await requireDataset(tx, dataset);
    return {
      suites: await listSuitesOnDataset(tx, id, LIMITS.pageSizeMax),
      gates: await listGatesOnDataset(tx, id, LIMITS.pageSizeMax),
    };
  });
}
