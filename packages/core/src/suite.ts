import { z } from "zod";
import { GatePolicy } from "./gate.ts";
import { LIMITS } from "./limits.ts";
import { Id, JsonObject, Sha256, Slug, Timestamp, VersionNumber } from "./names.ts";

/** One use of a scorer; `options` are checked by the scorer's own schema when the suite is stored. */
export const ScorerUse = z.strictObject({
  type: z.string().min(1).max(64),
  /** Names the metric; defaults to the type and must be unique within the suite. */
  name: z.string().min(1).max(64).optional(),
  weight: z.number().gt(0).max(1_000).default(1),
  options: JsonObject.default({}),
});
export type ScorerUse = z.infer<typeof ScorerUse>;

/** What to run, as stored: names of this tenant's prompt and dataset. */
export const SuiteSpec = z.strictObject({
  prompt: Slug,
  dataset: Slug,
  scorers: z.array(ScorerUse).min(1).max(LIMITS.scorersPerSuiteMax),
  repeats: z.number().int().min(1).max(LIMITS.repeatsMax).default(1),
  /** A case passes when its weighted score is at least this. */
  passScore: z.number().min(0).max(1).default(1),
  gate: GatePolicy.optional(),
});
export type SuiteSpec = z.infer<typeof SuiteSpec>;

/** A suite file: the same, but `dataset` may be the path of a JSONL or CSV file beside it. */
export const SuiteFile = SuiteSpec.extend({ dataset: z.string().min(1).max(1_024) });
export type SuiteFile = z.infer<typeof SuiteFile>;

export const Suite = z.object({
  id: Id,
  slug: Slug,
  version: VersionNumber,
  contentHash: Sha256,
  spec: SuiteSpec,
  createdAt: Timestamp,
});
export type Suite = z.infer<typeof Suite>;

/** One scorer as the list of scorers describes it; `options` is a JSON Schema. */
export const ScorerInfo = z.object({
  type: z.string(),
  title: z.string(),
  description: z.string(),
  options: JsonObject,
});
export type ScorerInfo = z.infer<typeof ScorerInfo>;
