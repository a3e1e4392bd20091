import { invariant, notFound } from "@assay/core";
import {
  type ChangeRequestRow,
  findChangeRequest,
  findPromptById,
  type PromptRow,
  type TenantTx,
} from "@assay/store";
import { requireLabelAccess, requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";

/**
 * A change request that this key may read.
 * @throws AppError `not_found`, `scope_missing`
 */
export async function findChange(
  context: Context,
  tx: TenantTx,
  id: string,
): Promise<{ request: ChangeRequestRow; prompt: PromptRow }> {
  const request = await findChangeRequest(tx, id);
  if (request === undefined) throw notFound("change request");
  const prompt = await findPromptById(tx, request.promptId);
  invariant(prompt !== undefined, "a change request leaves with its prompt");
  requirePromptAccess(context, prompt.slug);
  return { request, prompt };
}

/** The same for a key that decides on it. */
export async function findChangeToDecide(
  context: Context,
  tx: TenantTx,
  id: string,
): Promise<{ request: ChangeRequestRow; prompt: PromptRow }> {
  const found = await findChange(context, tx, id);
  requireLabelAccess(context, found.request.label);
  return found;
}

/** The same as it is while its prompt's row is held, which no move or decision passes. */
export async function lockChange(
  context: Context,
  tx: TenantTx,
  id: string,
): Promise<{ request: ChangeRequestRow; prompt: PromptRow }> {
  const found = await findChangeToDecide(context, tx, id);
  await findPromptById(tx, found.prompt.id, true);
  return await findChange(context, tx, id);
}
