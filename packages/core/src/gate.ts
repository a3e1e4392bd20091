import { z } from "zod";
import { CaseTag } from "./case-names.ts";
import { Interval } from "./interval.ts";
import { LIMITS } from "./limits.ts";
import { Id, LabelName, Sha256, Slug, Timestamp, VersionNumber } from "./names.ts";

const Share = z.number().min(0).max(1);

const MinScore = z.strictObject({ score: Share, on: z.enum(["lower", "mean"]).default("lower") });

/** The same bounds as for the score, held against one metric of the suite. */
export const MetricPolicy = z.strictObject({
  name: z.string().min(1).max(64),
  minScore: MinScore.optional(),
  maxRegression: Share.optional(),
});
export type MetricPolicy = z.infer<typeof MetricPolicy>;

/**
 * Cohen's κ between a judge and the tenant's people, by its lower 95 % bound, over at least this many labelled outputs.
 * A policy without it asks for the same defaults of every judge that enters one of its clauses.
 */
export const JudgePolicy = z.strictObject({
  minKappa: Share.default(0.6),
  minLabels: z.number().int().min(10).max(100_000).default(50),
  /** An output counts only with labels by at least so many different hands; 1 unless said. */
  minAnnotators: z.number().int().min(1).max(LIMITS.annotatorsPerItemMax).optional(),
});
export type JudgePolicy = z.infer<typeof JudgePolicy>;

/** What evidence must show before a label may move. Every clause is checked; each must pass. */
export const GatePolicy = z.strictObject({
  label: LabelName.default("production"),
  /** Cases with a score, counted once however often each was repeated. */
  minCases: z.number().int().min(1).default(30),
  /** `lower` compares the lower 95 % confidence bound of the mean score, `mean` the mean itself. */
  minScore: MinScore.optional(),
  /** Results that failed or were not scored; they never count as a zero and never disappear. */
  maxErrors: z.number().int().min(0).default(0),
  /** A case with one of these tags that the incumbent passes must not fail. */
  noFlips: z.array(CaseTag).max(20).default([]),
  /** Lower 95 % bound of the paired difference to the incumbent on the same cases must be at least minus this. */
  maxRegression: Share.optional(),
  /** Lower 95 % bound of the same difference must be above this: 0 asks for proof that the version is better. */
  minImprovement: Share.optional(),
  /** At least 95 % of answers must take no longer, by the lower 95 % bound; a reused answer took what it took at first. */
  maxLatencyP95Ms: z.number().min(1).max(3_600_000).optional(),
  /** Mean cost of an answer in micro-units by its upper 95 % bound, judges left out; reused ones count as when asked. */
  maxCostPerCaseMicros: z.number().int().min(0).optional(),
  /** Bounds for single metrics, beside those for the score. */
  metrics: z.array(MetricPolicy).max(LIMITS.scorersPerSuiteMax).optional(),
  /** How well a judge must agree with people before what it says may decide; asked of every judge that counts. */
  judges: JudgePolicy.optional(),
  /** A move needs an approved change request. */
  approval: z
    .strictObject({
      /** Whoever wrote or proposed the version may not approve it. */
      byOther: z.boolean().default(true),
    })
    .optional(),
});
export type GatePolicy = z.infer<typeof GatePolicy>;

export const CLAUSES = [
  "evidence",
  "approval",
  "minCases",
  "maxErrors",
  "judgeAgreement",
  "minScore",
  "noFlips",
  "maxRegression",
  "minImprovement",
  "maxLatencyP95Ms",
  "maxCostPerCaseMicros",
] as const;
export const VerdictOutcome = z.enum(["pass", "fail", "inconclusive"]);
export type VerdictOutcome = z.infer<typeof VerdictOutcome>;
/** `suspended`: a judge that has not proven itself may not decide this clause; the verdict is then inconclusive. */
export const ClauseOutcome = z.enum([...VerdictOutcome.options, "suspended"]);
export type ClauseOutcome = z.infer<typeof ClauseOutcome>;

/** One clause of a verdict, with the number found and the bound it was held against. */
export const VerdictClause = z.object({
  clause: z.enum(CLAUSES),
  /** The metric or judge it is about; absent where it is about the score or the run. */
  metric: z.string().optional(),
  /** The version that it compares with, of which a label has two after a rollback; verdicts older than this lack it. */
  incumbentVersion: VersionNumber.optional(),
  outcome: ClauseOutcome,
  value: z.number().nullable(),
  bound: z.number().nullable(),
  /** One sentence for people: what was found and, where it did not pass, what to do. */
  message: z.string(),
  /** The mean with the 95 % interval that decided: of a score, of a difference of scores, of a cost, of κ. */
  interval: Interval.optional(),
  /** What stands behind it: cases, pairs of cases, answers, labelled outputs. */
  count: z.number().int().optional(),
  /** About so many of them in all would decide, if it goes on like this; absent where more would not help. */
  needed: z.number().int().optional(),
  /** Keys of the first cases to look at: those that failed, were not scored, or fail now. */
  cases: z.array(z.string()).optional(),
  /** How many such cases there are where `cases` does not name them all; verdicts older than this have not got it. */
  caseCount: z.number().int().optional(),
});
export type VerdictClause = z.infer<typeof VerdictClause>;

/** `inconclusive` ("not enough cases to tell") is not a pass. */
export const Verdict = z.object({ outcome: VerdictOutcome, clauses: z.array(VerdictClause) });
export type Verdict = z.infer<typeof Verdict>;

/**
 * The policy in force for (prompt, label): a suite version, whose gate block is the policy, and a version of its
 * dataset, whose cases a version must have been measured on.
 */
export const Gate = z.object({
  prompt: Slug,
  label: LabelName,
  suite: Slug,
  suiteVersion: VersionNumber,
  dataset: Slug,
  datasetVersion: VersionNumber,
  policy: GatePolicy,
  /** The policy in words, a sentence for each clause. */
  explanation: z.array(z.string()),
  updatedAt: Timestamp,
});
export type Gate = z.infer<typeof Gate>;

/**
 * Puts a gate on (prompt, label). The policy is the gate block of the suite version, the cases are the dataset
 * version's; each is the newest unless named, and stays until the gate is set again.
 */
export const GateDraft = z.strictObject({
  suite: Slug,
  suiteVersion: VersionNumber.optional(),
  datasetVersion: VersionNumber.optional(),
});
export type GateDraft = z.infer<typeof GateDraft>;

/** What a gate was set to, as its audit entry says; entries older than a field have not got it. */
export const GateSetting = Gate.pick({
  suite: true,
  suiteVersion: true,
  dataset: true,
  datasetVersion: true,
}).partial();
export type GateSetting = z.infer<typeof GateSetting>;

/** One setting or removal of a gate, as it was then; the newest one that was not a removal is in force. */
export const GateChange = z.object({
  change: z.enum(["set", "removed"]),
  suite: Slug.nullable(),
  suiteVersion: VersionNumber.nullable(),
  dataset: Slug.nullable(),
  datasetVersion: VersionNumber.nullable(),
  policy: GatePolicy.nullable(),
  explanation: z.array(z.string()),
  changedBy: z.string(),
  changedAt: Timestamp,
});
export type GateChange = z.infer<typeof GateChange>;

/** Hashes of everything a score depends on. Evidence whose hashes are not those of today is stale. */
export const EvidenceHashes = z.object({
  promptVersion: Sha256,
  model: Sha256,
  adapter: Sha256.nullable(),
  dataset: Sha256,
  suite: Sha256,
  scorers: Sha256,
  /** Of every judge's prompt version, model and adapter, embedding models and web hooks; null without any. */
  judges: Sha256.nullable().default(null),
  /** Of the part of the dataset that was run; null for all of it. A part is never evidence for a gate. */
  selection: Sha256.nullable().default(null),
  engineBuild: z.string(),
});
export type EvidenceHashes = z.infer<typeof EvidenceHashes>;

/** A finished run seen as evidence for its version. */
export const Evidence = z.object({
  runId: Id,
  suite: Slug,
  promptVersion: VersionNumber,
  hashes: EvidenceHashes,
  isCurrent: z.boolean(),
  /** The hashes that are no longer those of today. */
  changed: z.array(z.string()),
  /** The same in words: a sentence for each, naming the input. */
  reasons: z.array(z.string()),
  /** The newest that was based on this run; null when no gate has judged it. */
  verdict: Verdict.nullable(),
  finishedAt: Timestamp,
});
export type Evidence = z.infer<typeof Evidence>;
