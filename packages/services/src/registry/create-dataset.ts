import { type Dataset, LIMITS } from "@assay/core";
import { countDatasets, insertDataset } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { datasetOf } from "./dataset-of.ts";
import { requireRoom } from "./require-room.ts";

/**
 * Names a dataset; it has no version yet.
 * @throws AppError `conflict`
 */
export async function createDataset(context: Context, input: VerbInput<"createDataset">): Promise<Dataset> {
  return await context.tenant.write(async (tx) => {
    requireRoom("datasets", { count: await countDatasets(tx), max: LIMITS.datasetsPerTenantMax });
    const row = await insertDataset(tx, { slug: input.slug, description: input.description });
    await tx.audit({ actor: actorOf(context), action: "dataset.create", object: input.slug });
    return datasetOf(row, undefined);
  });
}
