import { z } from "zod";
import { CaseGroup, CaseKey, CaseTag } from "./case-names.ts";
import { ChatMessage } from "./chat.ts";
import { LIMITS } from "./limits.ts";
import { Id, JsonObject, Sha256, Slug, Timestamp, VersionNumber } from "./names.ts";

/** One example: what goes in, what is expected, and what it shares with others. */
export const Case = z
  .strictObject({
    /** Stable across dataset versions: the same key is the same case. */
    key: CaseKey,
    variables: JsonObject.optional(),
    messages: z.array(ChatMessage).max(LIMITS.historyMessagesMax).optional(),
    expected: z.json().optional(),
    tags: z.array(CaseTag).max(LIMITS.tagsPerCaseMax).default([]),
    /** Cases of one group (a template, a document, a conversation) are not independent of each other. */
    group: CaseGroup.optional(),
  })
  .refine((value) => value.variables !== undefined || value.messages !== undefined, {
    error: "a case needs variables or messages",
  });
export type Case = z.infer<typeof Case>;

export const Dataset = z.object({
  id: Id,
  slug: Slug,
  description: z.string(),
  latestVersion: VersionNumber.nullable(),
  /** Of the newest version; null where there is none yet. */
  caseCount: z.number().int().nullable(),
  /** When the newest version was made, else the dataset. */
  updatedAt: Timestamp,
  createdAt: Timestamp,
});
export type Dataset = z.infer<typeof Dataset>;

export const DatasetDraft = z.strictObject({
  slug: Slug,
  description: z.string().max(LIMITS.descriptionLengthMax).default(""),
});
export type DatasetDraft = z.infer<typeof DatasetDraft>;

export const DatasetVersion = z.object({
  id: Id,
  dataset: Slug,
  version: VersionNumber,
  contentHash: Sha256,
  caseCount: z.number().int(),
  /** What its author says of it; null where nothing was said. */
  note: z.string().nullable(),
  /** The actor that made it; null for versions of older releases. */
  createdBy: z.string().nullable(),
  createdAt: Timestamp,
});
export type DatasetVersion = z.infer<typeof DatasetVersion>;

/** `created: false`: the dataset's newest version already holds exactly these cases. */
export const ImportedDataset = z.object({ created: z.boolean(), version: DatasetVersion });
export type ImportedDataset = z.infer<typeof ImportedDataset>;
