import { z } from "zod";
import { CaseTag } from "./case-names.ts";
import { Interval } from "./interval.ts";
import { LIMITS } from "./limits.ts";
import { Id, Slug, VersionNumber } from "./names.ts";
import { PageQuery } from "./page.ts";
import { RunSummary } from "./run.ts";

const RUN_ID = "run_[0-9a-f]{32}";

/** Finished runs over the same cases, joined by commas; the first is the baseline. */
export const ComparedRunIds = z
  .string()
  .regex(
    new RegExp(`^${RUN_ID}(?:,${RUN_ID}){1,${LIMITS.comparedRunsMax - 1}}$`),
    `name 2 to ${LIMITS.comparedRunsMax} run ids, joined by commas`,
  );

export const ComparisonQuery = z.strictObject({ runs: ComparedRunIds });

/** A run minus the baseline, over the cases that both have a value for: the mean with its 95 % interval. */
export const ComparedDelta = z.object({ difference: Interval, pairs: z.number().int() });
export type ComparedDelta = z.infer<typeof ComparedDelta>;

export const ComparedDeltas = z.object({
  score: ComparedDelta,
  /** Of the share of cases that pass. */
  passShare: ComparedDelta,
  /** Metrics that both runs have. */
  metrics: z.array(ComparedDelta.extend({ name: z.string() })),
  /**
   * Each tag's score by itself. Among many tags some differ by chance: `isNotable` holds where the difference stands
   * out among all tags of the run, with 5 % of such marks expected to be false.
   */
  tags: z.array(ComparedDelta.extend({ tag: z.string(), isNotable: z.boolean() })),
  /** Cases that passed in the baseline and do not pass now, an answer that could not be scored included. */
  losses: z.number().int(),
  /** Cases that were scored and did not pass in the baseline, and pass now. */
  gains: z.number().int(),
  /** Cases that only one of both runs has a score for. */
  unpaired: z.number().int(),
  costPerCaseMicros: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
});
export type ComparedDeltas = z.infer<typeof ComparedDeltas>;

export const ComparedRun = z.object({
  runId: Id,
  suite: Slug,
  suiteVersion: VersionNumber,
  prompt: Slug,
  promptVersion: VersionNumber,
  /** Only a part of the dataset was run, or the run ended before its last case. */
  isPart: z.boolean(),
  summary: RunSummary,
  /** Of the cases that were scored. */
  passShare: Interval,
  /** Mean over the cases, judges left out; null when any is unknown. */
  costPerCaseMicros: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  /** Null for the baseline. */
  deltas: ComparedDeltas.nullable(),
  /**
   * Is another run at least as good in score, cost per case and latency, and better in one? `yes` when the intervals of
   * both scores are apart as well, `maybe` when they are not: with more cases the order could turn.
   */
  dominated: z.enum(["no", "maybe", "yes"]),
  dominatedBy: z.array(Id),
});
export type ComparedRun = z.infer<typeof ComparedRun>;

/** Runs beside each other; the first is the baseline. */
export const Comparison = z.object({
  dataset: Slug,
  datasetVersion: VersionNumber,
  runs: z.array(ComparedRun),
});
export type Comparison = z.infer<typeof Comparison>;

/**
 * What became of a case, greatest first: `lost` (passed in the baseline and does not pass now), `gained` (the other way
 * round), `changed` (another score), `unknown` (a score on one side only), `same`.
 */
export const CaseChange = z.enum(["lost", "gained", "changed", "unknown", "same"]);
export type CaseChange = z.infer<typeof CaseChange>;

export const ComparedCaseQuery = PageQuery.extend({
  runs: ComparedRunIds,
  change: CaseChange.optional(),
  tag: CaseTag.optional(),
});

/** One run's outcome of a case, all repeats together, with one answer to look at: one that did not pass, if any. */
export const ComparedOutcome = z.object({
  runId: Id,
  status: z.enum(["absent", "scored", "not_scored", "failed"]),
  score: z.number().nullable(),
  passed: z.boolean(),
  metrics: z.array(z.object({ name: z.string(), score: z.number().nullable() })),
  /** The beginning of the answer; null without one. */
  output: z.string().nullable(),
  /** Why there is no score; null with one. */
  reason: z.string().nullable(),
});
export type ComparedOutcome = z.infer<typeof ComparedOutcome>;

export const ComparedCase = z.object({
  caseKey: z.string(),
  tags: z.array(z.string()),
  /** The greatest change among the runs that are held against the baseline. */
  change: CaseChange,
  /** In the order of the comparison's runs. */
  outcomes: z.array(ComparedOutcome),
});
export type ComparedCase = z.infer<typeof ComparedCase>;
