import { AppError } from "@assay/core";
import { findPrompts, type TenantTx } from "@assay/store";
import type { Context } from "./context.ts";

/** A key confined to some prompts may not touch another prompt of its tenant. */
export function requirePromptAccess(context: Context, promptSlug: string): void {
  const { prompts } = context.caller;
  if (prompts !== null && !prompts.includes(promptSlug)) {
    throw new AppError("scope_missing", `This key is confined to other prompts than "${promptSlug}".`);
  }
}

/** Ids of the only prompts whose things the caller may see; null for all. */
export async function visiblePromptIds({ caller }: Context, tx: TenantTx): Promise<string[] | null> {
  return caller.prompts === null ? null : [...(await findPrompts(tx, { slugs: caller.prompts })).keys()];
}

/** A key confined to some labels may neither use nor move another one. */
export function requireLabelAccess(context: Context, label: string): void {
  const { labels } = context.caller;
  if (labels !== null && !labels.includes(label)) {
    throw new AppError("scope_missing", `This key is confined to other labels than "${label}".`);
  }
}
