import { findPrompts, type TenantTx } from "@assay/store";
import type { Context } from "../context.ts";

/** Ids of the only prompts whose things the caller may see; null for all. */
export async function visiblePromptIds({ caller }: Context, tx: TenantTx): Promise<string[] | null> {
  return caller.prompts === null ? null : [...(await findPrompts(tx, { slugs: caller.prompts })).keys()];
}
