import { type Dataset, LIMITS } from "@assay/core";
import { countDatasets, insertDataset, type TenantTx } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { requireRoom } from "../registry/require-room.ts";
import type { VerbInput } from "../verb.ts";
import { datasetOf } from "./dataset-of.ts";

/**
 * Names a dataset; it has no version yet.
 * @throws AppError `conflict`
 */
export async function createDataset(context: Context, input: VerbInput<"createDataset">): Promise<Dataset> {
  return await context.tenant.write(async (tx) =>
    datasetOf(await nameDataset(context, tx, input), undefined),
  );
}

/** The same as a step of a larger transaction. */
export async function nameDataset(
  context: Context,
  tx: TenantTx,
  draft: { slug: string; description: string },
) {
  requireRoom("datasets", { count: await countDatasets(tx), max: LIMITS.datasetsPerTenantMax });
  const row = await insertDataset(tx, { slug: draft.slug, description: draft.description });
  await tx.audit({ actor: actorOf(context), action: "dataset.create", object: draft.slug });
  return row;
}
