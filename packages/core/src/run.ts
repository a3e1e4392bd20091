import { z } from "zod";
import { CaseKey, CaseTag } from "./case-names.ts";
import { ToolCall } from "./chat.ts";
import { ENGINE_FAILURE_CODES } from "./engine.ts";
import { EvidenceHashes, Verdict } from "./gate.ts";
import { Interval } from "./interval.ts";
import { LIMITS } from "./limits.ts";
import { Id, Slug, Timestamp, VersionNumber } from "./names.ts";

export const RunStatus = z.enum(["queued", "running", "completed", "failed", "cancelled"]);
export type RunStatus = z.infer<typeof RunStatus>;

/** What a scorer made of an output: a number in 0..1, or the reason why there is none. Unknown is not zero. */
export const ScoreOutcome = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("scored"),
    score: z.number().min(0).max(1),
    /** What was measured, in the scorer's own unit, where that is not the score itself. */
    value: z.number().optional(),
    /** Why: what was missing, what was found, a judge's reasons. */
    detail: z.string().optional(),
  }),
  z.object({ status: z.literal("not_scored"), reason: z.string() }),
]);
export type ScoreOutcome = z.infer<typeof ScoreOutcome>;

export const MetricScore = z.object({
  name: z.string(),
  type: z.string(),
  weight: z.number(),
  outcome: ScoreOutcome,
  /** Whether the use's threshold was met; absent without a threshold or a score. */
  passed: z.boolean().optional(),
});
export type MetricScore = z.infer<typeof MetricScore>;

/** The failure of a case: the engine's, or of what came before it (rendering, variables). */
export const CaseFailure = z.object({
  code: z.enum([...ENGINE_FAILURE_CODES, "variables_invalid", "template_invalid"]),
  message: z.string(),
});
export type CaseFailure = z.infer<typeof CaseFailure>;

/** What a model answered. */
const answered = {
  output: z.string(),
  toolCalls: z.array(ToolCall).max(LIMITS.toolsMax).optional(),
  /** Mean natural logarithm of the tokens' probabilities; only where a scorer asked for it. */
  meanLogprob: z.number().optional(),
};

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
    ...answered,
  }),
  z.object({
    status: z.literal("not_scored"),
    reason: z.string(),
    metrics: z.array(MetricScore),
    ...answered,
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
  /** Of the model's answer, whether it was asked for now or reused. */
  costMicros: z.number().int().nullable(),
  /** Of the judges' answers. */
  judgeCostMicros: z.number().int().nullable().default(null),
  /** The answer was not asked for again: this very request was answered before. */
  reused: z.boolean().default(false),
});
export type RunResult = z.infer<typeof RunResult>;

/** A run in numbers. `score` is over scored cases only; the others are counted, not averaged in. */
export const RunSummary = z.object({
  cases: z.number().int(),
  scored: z.number().int(),
  notScored: z.number().int(),
  failed: z.number().int(),
  passed: z.number().int(),
  /** Share of the scored cases that pass, by as many of their repeats as the suite asks for. */
  passShare: Interval.optional(),
  /** pass^n: the chance that all of a case's repeats pass; with one repeat the same as `passShare`. */
  passHatN: Interval.optional(),
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

/** Part of a dataset, narrowed in this order: keys, tags, failing, sample, shard. What is left out narrows nothing. */
export const RunSelection = z.strictObject({
  keys: z.array(CaseKey).min(1).max(1_000).optional(),
  /** Cases with at least one of these. */
  tags: z.array(CaseTag).min(1).max(20).optional(),
  /** Cases that did not pass in this run. */
  failingIn: Id.optional(),
  /** So many cases, chosen by chance; the same seed chooses the same ones. */
  sample: z
    .strictObject({
      cases: z.number().int().min(1).max(LIMITS.datasetCasesMax),
      seed: z.number().int().min(0).default(0),
    })
    .optional(),
  /** The `index`-th of `count` parts, from 1; together the parts are the whole. */
  shard: z
    .strictObject({ index: z.number().int().min(1), count: z.number().int().min(1).max(256) })
    .refine(({ index, count }) => index <= count, "index is at most count")
    .optional(),
});
export type RunSelection = z.infer<typeof RunSelection>;

/** What a run could show, said before it began. Differences and bounds are in score, 0..1. */
export const RunPower = z.object({
  cases: z.number().int(),
  groups: z.number().int(),
  /** The smallest true change of the score that the gate would recognise 8 times of 10; null when it cannot be told. */
  detectableDifference: z.number().nullable(),
  /** Chance that the gate lets a version pass that is truly as good as the incumbent. */
  passChanceWhenEqual: z.number().nullable(),
  /** Cases with which that chance would be 8 of 10; null where these are enough, and where no number would be. */
  casesNeeded: z.number().int().nullable(),
  /** What was assumed and, where the cases are too few, how many would do. */
  note: z.string(),
});
export type RunPower = z.infer<typeof RunPower>;

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
  selection: RunSelection.nullable(),
  /** The run whose stored outputs were scored instead of asking the model. */
  rescoreOf: Id.nullable(),
  /** The most that this run may spend on answers and judges, in micro-units. */
  budgetMicros: z.number().int().nullable(),
  spentMicros: z.number().int(),
  /** Results whose answer was reused. */
  reused: z.number().int(),
  stopEarly: z.boolean(),
  /** It ended before its last case, because its gate was decided. */
  stoppedEarly: z.boolean(),
  /** Null until it begins, and where there is no gate or no incumbent that was measured on the same cases. */
  power: RunPower.nullable(),
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
  /** Only a part of the cases: quick to look at, never evidence for a gate. */
  selection: RunSelection.optional(),
  /** Score the outputs that this run stored, without asking the model again. */
  rescoreOf: Id.optional(),
  /** `never` asks the model for every case, also where the very same request was answered before. */
  reuse: z.enum(["always", "never"]).optional(),
  /** Reserved in advance, case by case; a run that would go past it fails and keeps what it has. */
  budgetMicros: z.number().int().min(1).optional(),
  /** End as soon as the gate is decided, by a method that allows for looking. */
  stopEarly: z.boolean().optional(),
  /** Cases in flight at once; without it a run begins with few and takes as many as its connection bears. */
  concurrency: z.number().int().min(1).max(LIMITS.runConcurrencyMax).optional(),
});
export type RunDraft = z.infer<typeof RunDraft>;
