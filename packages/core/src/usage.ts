import { z } from "zod";
import { Id, JsonObject, Slug, Timestamp, VersionNumber } from "./names.ts";

/** Usage summed over a group. Cost is null as soon as one request's price was unknown; the count says how many. */
export const UsageRow = z.object({
  /** `evaluation` counts the answers that runs asked for, not those they reused; its cost includes the judges'. */
  kind: z.enum(["served", "evaluation"]),
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

export const AuditEntry = z.object({
  id: Id,
  actor: z.string(),
  action: z.string(),
  object: z.string(),
  details: JsonObject,
  createdAt: Timestamp,
});
export type AuditEntry = z.infer<typeof AuditEntry>;
