import { z } from "zod";
import { CaseTag } from "./case-names.ts";
import { ChatMessage, ToolCall } from "./chat.ts";
import { Case, ImportedDataset } from "./dataset.ts";
import { LIMITS } from "./limits.ts";
import { Id, JsonObject, LabelName, Sha256, Slug, Timestamp, VersionNumber } from "./names.ts";
import { PageQuery } from "./page.ts";
import { PiiKind } from "./pii-kind.ts";

/** What of a prompt's requests is kept. Unless an admin says otherwise nothing that users write is. */
export const TraceSettings = z.object({
  prompt: Slug,
  /** Share of requests whose texts are kept, 0..1, chosen by the hash of the trace's id. */
  sampleRate: z.number(),
  retentionDays: z.number().int(),
  /** Null while nobody has set anything. */
  updatedAt: Timestamp.nullable(),
});
export type TraceSettings = z.infer<typeof TraceSettings>;

/** Holds for requests from now on; texts that are kept already go when they were to go. */
export const TraceSettingsDraft = z.strictObject({
  sampleRate: z.number().min(0).max(1),
  retentionDays: z.number().int().min(1).max(LIMITS.traceRetentionDaysMax).default(30),
});

export const TraceStatus = z.enum(["completed", "failed", "cancelled"]);
export type TraceStatus = z.infer<typeof TraceStatus>;

/** `served`: an app asked for its users, with a key. `playground`: somebody tried it out. */
export const TraceSource = z.enum(["served", "playground"]);
export type TraceSource = z.infer<typeof TraceSource>;

/** One served request in numbers. */
export const Trace = z.object({
  id: Id,
  keyId: Id.nullable(),
  /** Null for requests to a model or an adapter by itself. */
  prompt: Slug.nullable(),
  /** Null as well for a content that no version has. */
  promptVersion: VersionNumber.nullable(),
  /** The label that the request named; null where it named a version. */
  label: z.string().nullable(),
  model: z.string(),
  adapterSha256: Sha256.nullable(),
  status: TraceStatus,
  failureCode: z.string().nullable(),
  source: TraceSource,
  promptTokens: z.number().int().nullable(),
  completionTokens: z.number().int().nullable(),
  costMicros: z.number().int().nullable(),
  latencyMs: z.number(),
  /** Its texts can be read now. */
  hasContent: z.boolean(),
  feedback: z.object({ count: z.number().int(), meanScore: z.number().nullable() }),
  createdAt: Timestamp,
});
export type Trace = z.infer<typeof Trace>;

/** What was said: the caller's part of the input, and the whole output. */
export const TraceContent = z.object({
  variables: JsonObject.nullable(),
  messages: z.array(ChatMessage),
  output: z.string(),
  toolCalls: z.array(ToolCall),
  expiresAt: Timestamp,
});
export type TraceContent = z.infer<typeof TraceContent>;

/** `content` is null where the request was not sampled, its texts have expired, or there was no room for them. */
export const TraceDetail = Trace.extend({ content: TraceContent.nullable() });
export type TraceDetail = z.infer<typeof TraceDetail>;

const Share = z.coerce.number().min(0).max(1);

/** Newest first. A page looks at so many traces at most and may show fewer than asked for, or none, and go on. */
export const TraceQuery = PageQuery.extend({
  prompt: Slug.optional(),
  version: VersionNumber.optional(),
  label: LabelName.optional(),
  status: TraceStatus.optional(),
  source: TraceSource.optional(),
  since: Timestamp.optional(),
  until: Timestamp.optional(),
  hasContent: z.enum(["true", "false"]).optional(),
  hasFeedback: z.enum(["true", "false"]).optional(),
  /** Traces with some feedback of at least, or at most, this score. */
  minScore: Share.optional(),
  maxScore: Share.optional(),
});
export type TraceQuery = z.infer<typeof TraceQuery>;

/** What of a trace becomes what of a case. */
export const CaseMapping = z.strictObject({
  variables: z.union([z.enum(["all", "none"]), z.array(z.string().min(1).max(200)).max(100)]).default("all"),
  /** `last` keeps the newest message of the caller alone. */
  messages: z.enum(["all", "last", "none"]).default("all"),
  /**
   * `correction`: what feedback says the answer should have been. `feedback`: the same, or else the output itself where
   * all of its feedback is good (a score of at least one half). Traces that have none of it are left out.
   */
  expected: z.enum(["none", "output", "correction", "feedback"]).default("feedback"),
  /** Cases with the same value of this variable are not independent of each other. */
  groupByVariable: z.string().min(1).max(200).optional(),
});
export type CaseMapping = z.infer<typeof CaseMapping>;

/** Makes cases of traces whose texts are kept; personal data and secrets that can be recognised are replaced. */
export const CasesFromTracesDraft = z.strictObject({
  traces: z
    .array(Id)
    .min(1)
    .max(LIMITS.tracesPerImportMax)
    .refine((ids) => new Set(ids).size === ids.length, "names a trace twice"),
  mapping: CaseMapping.prefault({}),
  tags: z.array(CaseTag).max(20).default([]),
  /** Kinds to replace; names and addresses are not recognised. */
  redact: z.union([z.literal("all"), z.array(PiiKind)]).default("all"),
  /** `false` adds the cases to the dataset; `true` only shows them. */
  preview: z.boolean().default(true),
});
export type CasesFromTracesDraft = z.infer<typeof CasesFromTracesDraft>;

/** One place where something was replaced; what it was is not repeated. */
export const Redaction = z.object({
  caseKey: z.string(),
  /** Where in the case, as a JSON pointer. */
  path: z.string(),
  kind: PiiKind,
  placeholder: z.string(),
});
export type Redaction = z.infer<typeof Redaction>;

export const CasesFromTraces = z.object({
  /** The new cases as they are, or would be, stored. A case is named after its trace. */
  cases: z.array(Case),
  redactions: z.array(Redaction),
  skipped: z.array(z.object({ traceId: Id, reason: z.string() })),
  /** Null for a preview. */
  imported: ImportedDataset.nullable(),
});
export type CasesFromTraces = z.infer<typeof CasesFromTraces>;
