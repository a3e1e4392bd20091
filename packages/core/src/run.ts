import { z } from "zod";
import { ENGINE_FAILURE_CODES } from "./engine.ts";
import { EvidenceHashes, Verdict } from "./gate.ts";
import { Id, Slug, Timestamp, VersionNumber } from "./names.ts";

export const RunStatus = z.enum(["queued", "running", "completed", "failed", "cancelled"]);
export type RunStatus = z.infer<typeof RunStatus>;

/** What a scorer made of an output: a number in 0..1, or the reason why there is none. Unknown is not zero. */
export const ScoreOutcome = z.discriminatedUnion("status", [
  z.object({ status: z.literal("scored"), score: z.number().min(0).max(1), detail: z.string().optional() }),
  z.object({ status: z.literal("not_scored"), reason: z.string() }),
]);
export type ScoreOutcome = z.infer<typeof ScoreOutcome>;

export const MetricScore = z.object({
  name: z.string(),
  type: z.string(),
  weight: z.number(),
  outcome: ScoreOutcome,
});
export type MetricScore = z.infer<typeof MetricScore>;

/** The failure of a case: the engine's, or of what came before it (rendering, variables). */
export const CaseFailure = z.object({
  code: z.enum([...ENGINE_FAILURE_CODES, "variables_invalid", "template_invalid"]),
  message: z.string(),
});
export type CaseFailure = z.infer<typeof CaseFailure>;

/**
 * One case's outcome, one repeat of it. `scored`: every metric has a score and `score` is their weighted mean.
 * `not_scored`: there is an output but a metric could not judge it. `failed`: there is no output.
 */
export const CaseOutcome = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("scored"),
    score: z.number().min(0).max(1),
    passed: z.boolean(),
    metrics: z.array(MetricScore),
    output: z.string(),
  }),
  z.object({
    status: z.literal("not_scored"),
    reason: z.string(),
    metrics: z.array(MetricScore),
    output: z.string(),
  }),
  z.object({ status: z.literal("failed"), failure: CaseFailure }),
]);
export type CaseOutcome = z.infer<typeof CaseOutcome>;

export const RunResult = z.object({
  caseKey: z.string(),
  repeat: z.number().int().min(0),
  tags: z.array(z.string()),
  outcome: CaseOutcome,
  latencyMs: z.number().nullable(),
  promptTokens: z.number().int().nullable(),
  completionTokens: z.number().int().nullable(),
  costMicros: z.number().int().nullable(),
});
export type RunResult = z.infer<typeof RunResult>;

/** A mean with its 95 % confidence interval; all null when nothing was scored. */
export const Interval = z.object({
  mean: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});
export type Interval = z.infer<typeof Interval>;

/** A run in numbers. `score` is over scored cases only; the others are counted, not averaged in. */
export const RunSummary = z.object({
  cases: z.number().int(),
  scored: z.number().int(),
  notScored: z.number().int(),
  failed: z.number().int(),
  passed: z.number().int(),
  score: Interval,
  metrics: z.array(z.object({ name: z.string(), score: Interval, notScored: z.number().int() })),
  tags: z.array(z.object({ tag: z.string(), cases: z.number().int(), score: Interval })),
  latencyP50Ms: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** Null when any case's cost is unknown. */
  costMicros: z.number().int().nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const Run = z.object({
  id: Id,
  suite: Slug,
  suiteVersion: VersionNumber,
  prompt: Slug,
  promptVersion: VersionNumber,
  dataset: Slug,
  datasetVersion: VersionNumber,
  status: RunStatus,
  progress: z.object({ total: z.number().int(), done: z.number().int() }),
  hashes: EvidenceHashes,
  /** The run of the label's present version on the same cases, started alongside when there was none. */
  baselineRunId: Id.nullable(),
  summary: RunSummary.nullable(),
  /** Against the suite's gate, as it stood when the run finished; null while unfinished or without a gate. */
  verdict: Verdict.nullable(),
  error: z.string().nullable(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
});
export type Run = z.infer<typeof Run>;

/**
 * Starts a run of a suite on a version, by number or by label; `latest` when neither is given. The newest versions of
 * the suite and of its dataset unless they are named.
 */
export const RunDraft = z.strictObject({
  suite: Slug,
  suiteVersion: VersionNumber.optional(),
  datasetVersion: VersionNumber.optional(),
  version: VersionNumber.optional(),
  label: Slug.optional(),
});
export type RunDraft = z.infer<typeof RunDraft>;
