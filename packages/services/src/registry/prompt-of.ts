import type { Prompt, PromptVersion } from "@assay/core";
import type { PromptRow, PromptVersionRow } from "@assay/store";
import { baseModelIdOf } from "./adapter-of.ts";

/** A prompt as it is read. */
export function promptOf(row: PromptRow, latestVersion: number | undefined): Prompt {
  return {
    id: row.id,
    slug: row.slug,
    description: row.description,
    latestVersion: latestVersion ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** A version of a prompt as it is read. */
export function promptVersionOf(row: PromptVersionRow, prompt: string): PromptVersion {
  return {
    id: row.id,
    prompt,
    version: row.version,
    contentHash: row.contentSha256,
    content: row.content,
    pinned: {
      modelId: baseModelIdOf(row),
      modelHash: row.modelSha256,
      adapterVersionId: row.adapterVersionId,
      adapterSha256: row.adapterSha256,
    },
    note: row.note,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
  };
}
