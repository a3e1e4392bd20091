import { notFound } from "@assay/core";
import { findPromptBySlug, type PromptRow, type TenantTx } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";

/**
 * A prompt that this key may touch; `lock` holds its row until the commit.
 * @throws AppError `scope_missing`, `not_found`
 */
export async function findPrompt(
  context: Context,
  tx: TenantTx,
  wanted: string | { slug: string; lock: boolean },
): Promise<PromptRow> {
  const { slug, lock } = typeof wanted === "string" ? { slug: wanted, lock: false } : wanted;
  requirePromptAccess(context, slug);
  const row = await findPromptBySlug(tx, slug, lock);
  if (row === undefined) throw notFound("prompt");
  return row;
}
