import { z } from "zod";
import { Interval } from "./interval.ts";
import { Id, LabelName, Slug, Timestamp, VersionNumber } from "./names.ts";
import { Label, PromptsQuery } from "./prompt.ts";
import { Run } from "./run.ts";

/** How good the version behind a label is, by one run. */
export const LabelQuality = z.object({
  label: LabelName,
  version: VersionNumber,
  runId: Id,
  suite: Slug,
  score: Interval,
  cases: z.number().int(),
  /** The label's standing rests on this run; otherwise it is merely the newest of the version. */
  isEvidence: z.boolean(),
  finishedAt: Timestamp,
});
export type LabelQuality = z.infer<typeof LabelQuality>;

export const PromptOverviewQuery = PromptsQuery.extend({
  /** Only prompts that have a label, or only those that have none: drafts, and prompts of judges. */
  labelled: z.enum(["true", "false"]).optional(),
});
export type PromptOverviewQuery = z.infer<typeof PromptOverviewQuery>;

/** A prompt at a glance. */
export const PromptOverview = z.object({
  prompt: Slug,
  description: z.string(),
  latestVersion: VersionNumber.nullable(),
  /** `production` first, then those moved last; of many only the first. */
  labels: z.array(Label),
  labelCount: z.number().int(),
  /** Of `production`, or of the first label where there is none; null while its version was never measured. */
  quality: LabelQuality.nullable(),
  /** Change requests that are not decided or not carried out. */
  liveChanges: z.number().int(),
});
export type PromptOverview = z.infer<typeof PromptOverview>;

/** Something that somebody should look at, with what is needed to go there. */
export const Attention = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("change_request"),
    changeId: Id,
    prompt: Slug,
    label: LabelName,
    version: VersionNumber,
    title: z.string(),
    /** The caller may approve it, or it is approved and the caller may promote. */
    next: z.enum(["decide", "promote"]),
    createdAt: Timestamp,
  }),
  z.object({ kind: z.literal("not_proven"), prompt: Slug, label: Label }),
  z.object({
    kind: z.literal("override"),
    prompt: Slug,
    label: Label,
    expiresAt: Timestamp,
  }),
  /** After a rollback the gate would refuse what the label holds; it was measured as everything is now, or was not. */
  z.object({ kind: z.literal("refused"), prompt: Slug, label: Label, isMeasured: z.boolean() }),
  /** A version newer than what the label holds passes its gate, and nobody has promoted or proposed it. */
  z.object({
    kind: z.literal("waiting"),
    prompt: Slug,
    label: LabelName,
    version: VersionNumber,
    /** What the label means now; null where it means nothing yet. */
    present: VersionNumber.nullable(),
    /** The gate wants somebody's approval, so it has to be proposed first. */
    needsApproval: z.boolean(),
  }),
  z.object({
    kind: z.literal("suspended_judge"),
    prompt: Slug,
    label: LabelName,
    suite: Slug,
    metric: z.string(),
    /** Labelled outputs that count, and about how many would do; null where more would not help. */
    labelled: z.number().int(),
    needed: z.number().int().nullable(),
  }),
  z.object({
    kind: z.literal("failed_run"),
    runId: Id,
    suite: Slug,
    prompt: Slug,
    version: VersionNumber,
    error: z.string().nullable(),
    failedAt: Timestamp,
  }),
  z.object({ kind: z.literal("expiring_key"), keyId: Id, name: z.string(), expiresAt: Timestamp }),
]);
export type Attention = z.infer<typeof Attention>;

export const Overview = z.object({
  attention: z.array(Attention),
  /** There is more of some kind than is listed or was looked at. */
  isPart: z.boolean(),
  /** Runs that wait or go on, newest first. */
  activeRuns: z.array(Run),
  /** What the tenant has at least one of: what a newcomer has still to do. */
  has: z.object({
    prompts: z.boolean(),
    labels: z.boolean(),
    datasets: z.boolean(),
    suites: z.boolean(),
    gates: z.boolean(),
    runs: z.boolean(),
    requests: z.boolean(),
  }),
});
export type Overview = z.infer<typeof Overview>;

/** Requests of one UTC day. */
export const TrafficDay = z.object({
  /** The day's beginning. */
  day: Timestamp,
  requests: z.number().int(),
  failedRequests: z.number().int(),
  /** Null when the price of one of them is unknown: unknown is not zero. */
  costMicros: z.number().int().nullable(),
  /** Of the completed ones, within 3 %. */
  latencyP95Ms: z.number().nullable(),
});
export type TrafficDay = z.infer<typeof TrafficDay>;

/** A prompt's served requests over the period and day by day; days without any are left out. */
export const PromptTrend = z.object({
  prompt: Slug,
  requests: z.number().int(),
  failedRequests: z.number().int(),
  costPerRequestMicros: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  days: z.array(TrafficDay),
});
export type PromptTrend = z.infer<typeof PromptTrend>;

export const Traffic = z.object({
  /** From when on requests were counted: later than asked where there were too many. */
  since: Timestamp,
  isPart: z.boolean(),
  /** By requests, most first. */
  items: z.array(PromptTrend),
});
export type Traffic = z.infer<typeof Traffic>;
