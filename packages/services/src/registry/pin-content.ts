import { AppError, type PromptContent } from "@assay/core";
import type { PromptVersionInsert, TenantTx } from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { Platform } from "../context.ts";
import { type ResolvedAdapterVersion, resolveAdapterVersion } from "./resolve-adapter-version.ts";
import { type ResolvedModel, resolveModel } from "./resolve-model.ts";

/** What a version of this content would hold, besides its number. */
export type PinnedContent = Omit<PromptVersionInsert, "promptId" | "version" | "note" | "createdBy">;

/**
 * Pins the names in a content to the bytes they mean now. The hash covers both: the same words over another model
 * file are another version.
 * @throws AppError `not_found` for a model or adapter, `invalid_input` for an adapter made for another model
 */
export async function pinContent(
  platform: Platform,
  tx: TenantTx,
  content: PromptContent,
): Promise<PinnedContent> {
  const model = await resolveModel(platform, tx, content.model);
  const adapter =
    content.adapter === undefined ? undefined : await resolveAdapterVersion(tx, content.adapter);
  if (adapter !== undefined) requireFit(content, model, adapter);
  const adapterSha256 = adapter?.sha256 ?? null;
  return {
    content,
    contentSha256: contentHash({ content, modelHash: model.hash, adapterSha256 }),
    modelId: model.ownership === "tenant" ? model.id : null,
    sharedModelId: model.ownership === "shared" ? model.id : null,
    modelSha256: model.hash,
    adapterVersionId: adapter?.id ?? null,
    adapterSha256,
  };
}

function requireFit(content: PromptContent, model: ResolvedModel, adapter: ResolvedAdapterVersion): void {
  if (model.kind === "local" && model.hash === adapter.baseSha256) return;
  const message = `The adapter "${content.adapter}" was made for another model than "${content.model}".`;
  throw new AppError("invalid_input", message, { param: "content.adapter" });
}
