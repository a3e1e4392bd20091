import { notFound } from "@assay/core";
import { findPromptBySlug, type PromptRow, type TenantTx } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";

/**
 * A prompt that this key may touch.
 * @throws AppError `scope_missing`, `not_found`
 */
export async function findPrompt(context: Context, tx: TenantTx, slug: string): Promise<PromptRow> {
  requirePromptAccess(context, slug);
  const row = await findPromptBySlug(tx, slug);
  if (row === undefined) throw notFound("prompt");
  return row;
}
