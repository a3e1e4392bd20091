import { invariant } from "@assay/core";
import { findPinnedModel, type PromptVersionRow, type ServableModel, type TenantTx } from "@assay/store";

/** The model that a version pins. */
export async function modelOfVersion(tx: TenantTx, version: PromptVersionRow): Promise<ServableModel> {
  const model = await findPinnedModel(tx, version);
  invariant(model !== undefined, "a version's model cannot be removed");
  return model;
}
