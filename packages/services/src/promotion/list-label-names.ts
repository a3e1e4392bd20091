import { type LabelNameUse, LIMITS } from "@assay/core";
import { countLabelNames } from "@assay/store";
import { visiblePromptIds } from "../confinement.ts";
import type { Context } from "../context.ts";

/** Names that labels have; a confined key sees those of its own prompts. */
export async function listLabelNames(context: Context): Promise<{ items: LabelNameUse[] }> {
  return await context.tenant.read(async (tx) => ({
    items: await countLabelNames(tx, {
      promptIds: await visiblePromptIds(context, tx),
      limit: LIMITS.pageSizeMax,
    }),
  }));
}
