import { z } from "zod";
import { GatePolicy } from "./gate.ts";
import { LIMITS } from "./limits.ts";
import { Id, JsonObject, Sha256, Slug, Timestamp, VersionNumber } from "./names.ts";
import { ScorerEntry } from "./scorer-entry.ts";

/** What to run, as stored: names of this tenant's prompt and dataset. */
export const SuiteSpec = z.strictObject({
  prompt: Slug,
  dataset: Slug,
  scorers: z.array(ScorerEntry).min(1).max(LIMITS.scorersPerSuiteMax),
  repeats: z.number().int().min(1).max(LIMITS.repeatsMax).default(1),
  /** How many of a case's repeats must pass for the case to pass; all of them unless said. */
  passesMin: z.number().int().min(1).max(LIMITS.repeatsMax).optional(),
  /** A repeat passes when the weighted score of its metrics without a threshold is at least this. */
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

/** What a scorer needs besides the output: nothing, a model that judges or embeds, a web hook, or a local script. */
export const ScorerKind = z.enum(["deterministic", "judge", "embedding", "webhook", "script"]);
export type ScorerKind = z.infer<typeof ScorerKind>;

/** What a scorer measures before it becomes a score in 0..1, and whether more or less of it is better. */
export const ScorerMeasure = z.object({
  unit: z.string(),
  direction: z.enum(["maximize", "minimize"]),
});
export type ScorerMeasure = z.infer<typeof ScorerMeasure>;

/** One scorer as the list of scorers describes it; `options` is a JSON Schema. */
export const ScorerInfo = z.object({
  type: z.string(),
  title: z.string(),
  description: z.string(),
  kind: ScorerKind,
  /** Of the raw `value` that results carry beside the score; null when the score itself is all there is. */
  measure: ScorerMeasure.nullable(),
  options: JsonObject,
});
export type ScorerInfo = z.infer<typeof ScorerInfo>;
