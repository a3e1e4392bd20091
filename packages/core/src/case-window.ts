import { z } from "zod";
import { CaseGroup, CaseTag } from "./case-names.ts";
import { Case } from "./dataset.ts";
import { LIMITS } from "./limits.ts";
import { VersionNumber } from "./names.ts";

/** Which cases of a version: all of what is said must hold. */
export const CaseFilter = z.strictObject({
  /** Found in any text of the case, upper and lower case alike. */
  q: z.string().max(LIMITS.caseSearchCharsMax).optional(),
  tag: CaseTag.optional(),
  group: CaseGroup.optional(),
});
export type CaseFilter = z.infer<typeof CaseFilter>;

const ORDERS = ["dataset", "key", "group"] as const;
export type CaseOrder = (typeof ORDERS)[number];

/** A part of the list by place, as a table shows it while it is scrolled. */
export const CaseWindowQuery = CaseFilter.extend({
  offset: z.coerce.number().int().min(0).max(LIMITS.datasetCasesMax).default(0),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageSizeMax).default(LIMITS.pageSizeDefault),
  order: z.enum(ORDERS).default("dataset"),
});

/** A case as a row of a table: its texts may be shortened. */
export const CaseRow = z.object({
  /** Its place in the dataset, from 0. */
  position: z.number().int(),
  key: z.string(),
  input: z.string(),
  /** Null where nothing is expected. */
  expected: z.string().nullable(),
  tags: z.array(z.string()),
  group: z.string().nullable(),
});
export type CaseRow = z.infer<typeof CaseRow>;

/** `count`: how many cases the filter finds in all. */
export const CaseWindow = z.object({
  items: z.array(CaseRow),
  offset: z.number().int(),
  count: z.number().int(),
});
export type CaseWindow = z.infer<typeof CaseWindow>;

export const CaseKeys = z.object({ keys: z.array(z.string()) });
export type CaseKeys = z.infer<typeof CaseKeys>;

const Counted = z.object({ name: z.string(), cases: z.number().int() });

/** Tags and groups of a version, those of most cases first; at most `LIMITS.caseFacetsMax` of each are told. */
export const CaseFacets = z.object({
  cases: z.number().int(),
  tagCount: z.number().int(),
  tags: z.array(Counted),
  groupCount: z.number().int(),
  groups: z.array(Counted),
  ungrouped: z.number().int(),
});
export type CaseFacets = z.infer<typeof CaseFacets>;

export const CaseAt = z.object({ position: z.number().int(), case: Case });
export type CaseAt = z.infer<typeof CaseAt>;

export const DatasetDiffQuery = z.strictObject({
  /** The version that is compared with. */
  from: VersionNumber,
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 * LIMITS.datasetCasesMax)
    .default(0),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageSizeMax).default(LIMITS.pageSizeDefault),
});

const CHANGES = ["added", "changed", "removed"] as const;
export type CaseDiffKind = (typeof CHANGES)[number];

/** One case that differs; `before` and `after` are null where it is not there. Its place alone is no difference. */
export const CaseDiff = z.object({
  key: z.string(),
  kind: z.enum(CHANGES),
  fields: z.array(z.enum(["variables", "messages", "expected", "tags", "group"])),
  before: Case.nullable(),
  after: Case.nullable(),
  /** `before` or `after` is too long to stand among others and has only the beginning of its parts; `getCase` has all. */
  isShortened: z.boolean(),
});
export type CaseDiff = z.infer<typeof CaseDiff>;

/** `items` may be fewer than asked for, where they are long: the next ones begin after those. */
export const DatasetDiff = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
  items: z.array(CaseDiff),
});
export type DatasetDiff = z.infer<typeof DatasetDiff>;
