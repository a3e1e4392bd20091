import { z } from "zod";
import { Id, JsonObject, Slug, Timestamp, VersionNumber } from "./names.ts";
import { PageQuery } from "./page.ts";

/** Usage summed over a group. Cost is null as soon as one request's price was unknown; the count says how many. A failed one without tokens owes nothing. */
export const UsageRow = z.object({
  /**
   * `served` is what apps asked for, `playground` what people tried out. `evaluation` counts the answers that runs asked for, not those they reused; its cost includes the judges'.
   */
  kind: z.enum(["served", "playground", "evaluation"]),
  /** Of an evaluation the key that started the run. */
  keyId: Id.nullable(),
  prompt: Slug.nullable(),
  promptVersion: VersionNumber.nullable(),
  model: Slug,
  requests: z.number().int(),
  failedRequests: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  costMicros: z.number().int().nullable(),
  unpricedRequests: z.number().int(),
});
export type UsageRow = z.infer<typeof UsageRow>;

export const UsageQuery = z.strictObject({ since: Timestamp.optional(), until: Timestamp.optional() });
export type UsageQuery = z.infer<typeof UsageQuery>;

export const UsageDaysQuery = z.strictObject({
  by: z.enum(["prompt", "key", "model"]).default("prompt"),
  /** Today and the days before it, in UTC. */
  days: z.coerce.number().int().min(1).max(92).default(30),
});
export type UsageDaysQuery = z.infer<typeof UsageDaysQuery>;

/** Served requests of one day and one prompt, key or model. */
export const UsageDay = z.object({
  /** `2026-01-31` */
  day: z.iso.date(),
  /** Slug of the prompt, id of the key, or name of the model; null where a request had none. */
  group: z.string().nullable(),
  requests: z.number().int(),
  failedRequests: z.number().int(),
  tokens: z.number().int(),
  costMicros: z.number().int().nullable(),
  unpricedRequests: z.number().int(),
});
export type UsageDay = z.infer<typeof UsageDay>;

export const AuditQuery = PageQuery.extend({
  /** As entries name it: `key:…`, `user:…`. */
  actor: z.string().min(1).max(100).optional(),
  /** The beginning of an action's name: `key.` finds `key.create` and `key.revoke`. */
  action: z.string().min(1).max(60).optional(),
  /** Entries about this prompt: its versions, labels, gates, proposals, evaluations and what is kept of its requests. */
  prompt: Slug.optional(),
  since: Timestamp.optional(),
  until: Timestamp.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** Which entries a file of the audit log has; all of them where it says nothing. */
export const AuditFileQuery = AuditQuery.omit({ cursor: true, limit: true });

export const AuditEntry = z.object({
  id: Id,
  actor: z.string(),
  /** What the person or key is called; null for others. */
  actorName: z.string().nullable(),
  action: z.string(),
  object: z.string(),
  /** What the object is called where it is an id: a key, a person, the version that a run measures. Null for others. */
  objectName: z.string().nullable(),
  details: JsonObject,
  /** The request that did it, as its answer's `x-request-id` named it; null for what no request did. */
  requestId: z.string().nullable(),
  createdAt: Timestamp,
});
export type AuditEntry = z.infer<typeof AuditEntry>;
