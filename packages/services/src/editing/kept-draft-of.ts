import type { KeptDraft } from "@assay/core";
import type { PromptDraftRow } from "@assay/store";

/** A draft as its owner reads it. */
export function keptDraftOf({ baseVersion, body, revision, updatedAt }: PromptDraftRow): KeptDraft {
  return { baseVersion, body, revision, updatedAt: updatedAt.toISOString() };
}
