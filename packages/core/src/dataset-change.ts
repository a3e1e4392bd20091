import { z } from "zod";
import { CaseKey, CaseTag } from "./case-names.ts";
import { Case } from "./dataset.ts";
import { LIMITS } from "./limits.ts";
import { Slug, VersionNumber } from "./names.ts";

const fields = Case.shape;
const Tags = z.array(CaseTag).max(LIMITS.tagsPerCaseMax);
const CLEARABLE = ["variables", "messages", "expected", "group"] as const;

/** What becomes of one case: members that are given replace, those in `clear` go, everything else stays. */
export const CaseEdit = z.strictObject({
  key: fields.key,
  variables: fields.variables,
  messages: fields.messages,
  expected: fields.expected,
  group: fields.group,
  tags: Tags.optional(),
  addTags: Tags.optional(),
  removeTags: Tags.optional(),
  clear: z.array(z.enum(CLEARABLE)).max(CLEARABLE.length).optional(),
});
export type CaseEdit = z.infer<typeof CaseEdit>;

const many = LIMITS.caseChangesMax;

/** The next version of a dataset, said as what differs from the version it was made on. */
export const DatasetChanges = z.strictObject({
  /** The newest version when the changes were begun; null where the dataset had none. */
  base: VersionNumber.nullable(),
  note: z.string().max(LIMITS.reasonLengthMax).default(""),
  changed: z.array(CaseEdit).max(many).default([]),
  removed: z.array(CaseKey).max(many).default([]),
  /** After the cases that stay, in this order. */
  added: z.array(Case).max(many).default([]),
});
export type DatasetChanges = z.infer<typeof DatasetChanges>;

/** What is judged by a dataset, and so by its cases. */
export const DatasetUsage = z.object({
  /** Suites whose newest version is on the dataset. Their runs take its newest version. */
  suites: z.array(z.object({ suite: Slug, prompt: Slug, version: VersionNumber })),
  /** Gates pin one version: they ask for evidence on it until somebody sets them again. */
  gates: z.array(z.object({ prompt: Slug, label: z.string(), suite: Slug, datasetVersion: VersionNumber })),
});
export type DatasetUsage = z.infer<typeof DatasetUsage>;
