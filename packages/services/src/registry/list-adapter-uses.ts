import { type AdapterUse, notFound, type Page } from "@assay/core";
import { findAdapterBySlug, findLabelsOn, findPrompts, listAdapterUseRows } from "@assay/store";
import { visiblePromptIds } from "../confinement.ts";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";

/** Versions of prompts that pin an adapter, newest first. A confined key sees those of its prompts. */
export async function listAdapterUses(
  context: Context,
  { adapter, ...query }: VerbInput<"listAdapterUses">,
): Promise<Page<AdapterUse>> {
  const page = keysetOf(query);
  return await context.tenant.read(async (tx) => {
    const row = await findAdapterBySlug(tx, adapter);
    if (row === undefined) throw notFound("adapter");
    const promptIds = await visiblePromptIds(context, tx);
    const rows = await listAdapterUseRows(tx, { adapterId: row.id, promptIds, ...page });
    const versionIds = rows.map(({ versionId }) => versionId);
    const labels = await findLabelsOn(tx, versionIds, context.platform.now());
    const prompts = await findPrompts(tx, { ids: [...new Set(rows.map(({ promptId }) => promptId))] });
    return pageOfRows({
      query,
      rows,
      cursorOf: ({ versionId }) => versionId,
      toItem: ({ versionId, promptId, adapterVersion, promptVersion, createdAt }): AdapterUse => ({
        adapterVersion,
        prompt: prompts.get(promptId)?.slug ?? "",
        promptVersion,
        labels: labels.get(versionId) ?? [],
        createdAt: createdAt.toISOString(),
      }),
    });
  });
}
