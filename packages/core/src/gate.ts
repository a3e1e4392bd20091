import { z } from "zod";
import { Id, LabelName, Sha256, Slug, Timestamp, VersionNumber } from "./names.ts";

const Share = z.number().min(0).max(1);

/** What evidence must show before a label may move. Every clause is checked; each must pass. */
export const GatePolicy = z.strictObject({
  label: LabelName.default("production"),
  /** Cases with a score, counted once however often each was repeated. */
  minCases: z.number().int().min(1).default(30),
  /** `lower` compares the lower 95 % confidence bound of the mean score, `mean` the mean itself. */
  minScore: z.strictObject({ score: Share, on: z.enum(["lower", "mean"]).default("lower") }).optional(),
  /** Results that failed or were not scored; they never count as a zero and never disappear. */
  maxErrors: z.number().int().min(0).default(0),
  /** A case with one of these tags that the incumbent passes must not fail. */
  noFlips: z.array(z.string().min(1).max(64)).max(20).default([]),
  /** Lower 95 % bound of the paired difference to the incumbent on the same cases must be at least minus this. */
  maxRegression: Share.optional(),
});
export type GatePolicy = z.infer<typeof GatePolicy>;

export const CLAUSES = ["evidence", "minCases", "maxErrors", "minScore", "noFlips", "maxRegression"] as const;
export const ClauseOutcome = z.enum(["pass", "fail", "inconclusive"]);
export type ClauseOutcome = z.infer<typeof ClauseOutcome>;

/** One clause of a verdict, with the number found and the bound it was held against. */
export const VerdictClause = z.object({
  clause: z.enum(CLAUSES),
  outcome: ClauseOutcome,
  value: z.number().nullable(),
  bound: z.number().nullable(),
  /** One sentence for people: what was found and, where it did not pass, what to do. */
  message: z.string(),
});
export type VerdictClause = z.infer<typeof VerdictClause>;

/** `inconclusive` ("not enough cases to tell") is not a pass. */
export const Verdict = z.object({ outcome: ClauseOutcome, clauses: z.array(VerdictClause) });
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

/** Hashes of everything a score depends on. Evidence whose hashes are not those of today is stale. */
export const EvidenceHashes = z.object({
  promptVersion: Sha256,
  model: Sha256,
  adapter: Sha256.nullable(),
  dataset: Sha256,
  suite: Sha256,
  scorers: Sha256,
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
  verdict: Verdict,
  finishedAt: Timestamp,
});
export type Evidence = z.infer<typeof Evidence>;
