import { AppError, LIMITS } from "@assay/core";
import { countModels, findModelBySlug, findUsableSharedModel, type TenantTx } from "@assay/store";
import { requireRoom } from "./require-room.ts";

/**
 * A tenant's model may not take the name of a shared one, or a name in a prompt file would mean two things. (A
 * shared model added later may: the operator must not learn tenants' names, and a tenant's own model goes first.)
 * @throws AppError `conflict`
 */
export async function requireFreeModelSlug(tx: TenantTx, slug: string): Promise<void> {
  requireRoom("models", { count: await countModels(tx), max: LIMITS.modelsPerTenantMax });
  const taken = (await findModelBySlug(tx, slug)) ?? (await findUsableSharedModel(tx, slug));
  if (taken !== undefined) throw new AppError("conflict", `A model "${slug}" already exists.`);
}
