import { z } from "zod";
import { ChatMessage } from "./chat.ts";
import { Interval } from "./interval.ts";
import { LIMITS } from "./limits.ts";
import { JsonObject, LabelName, Slug, Timestamp, VersionNumber } from "./names.ts";
import { Label, PromptsQuery } from "./prompt.ts";

/** What somebody has typed and not made a version of yet; nobody else sees it. */
export const KeptDraft = z.object({
  /** The version it was begun from; null where the prompt had none. */
  baseVersion: VersionNumber.nullable(),
  /** As it was sent: whole or broken, in a form of the editor's own. */
  body: z.string(),
  /** Grows with every time it is kept. */
  revision: z.number().int(),
  updatedAt: Timestamp,
});
export type KeptDraft = z.infer<typeof KeptDraft>;

export const KeptDraftChange = z.strictObject({
  baseVersion: VersionNumber.nullable(),
  body: z.string().min(1).max(LIMITS.promptDraftCharsMax),
  /** The revision that this replaces, null for the first one: what another window kept meanwhile is not lost. */
  expectedRevision: z.number().int().min(1).nullable(),
});
export type KeptDraftChange = z.infer<typeof KeptDraftChange>;

/** Content that may not be fit for a version yet, and values to see it rendered with. */
export const PromptCheckRequest = z.strictObject({
  content: z.json(),
  variables: JsonObject.default({}),
  /** The conversation that would come with a request. */
  messages: z.array(ChatMessage).max(LIMITS.historyMessagesMax).default([]),
});
export type PromptCheckRequest = z.infer<typeof PromptCheckRequest>;

export const PromptProblem = z.object({
  /** A version with an error is refused, one with a warning is not. */
  severity: z.enum(["error", "warning"]),
  /** `unclosed`: a `{{` or `{%` without its end. `unopened`: a `}}` or `%}` that is sent as it stands. */
  kind: z.enum(["undeclared", "unused", "unclosed", "unopened", "other"]),
  /** Where in the content: `messages[0]`, `partials.greeting`, `variables`, `sampling.topP`. */
  path: z.string(),
  message: z.string(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  /** The variable or the mark it is about. */
  name: z.string().nullable(),
});
export type PromptProblem = z.infer<typeof PromptProblem>;

export const PromptCheck = z.object({
  problems: z.array(PromptProblem),
  /** Names that the messages take from outside. */
  variables: z.array(z.string()),
  /** The chat that would be sent; null while it cannot be made, and `renderingProblem` says why. */
  rendered: z.array(ChatMessage).nullable(),
  renderingProblem: z.object({ message: z.string(), missing: z.array(z.string()) }).nullable(),
  /** A rough guess by length; the model counts by its own pieces. Null where nothing was rendered. */
  estimatedTokens: z.number().int().nullable(),
  /** The version that has this very content; saving it would make none. */
  sameAs: VersionNumber.nullable(),
});
export type PromptCheck = z.infer<typeof PromptCheck>;

/** Who did something: a key or a person, by the name it goes by now; null where it is gone. */
export const NamedActor = z.object({ actor: z.string(), name: z.string().nullable() });
export type NamedActor = z.infer<typeof NamedActor>;

const ACTOR = "(?:key|user):[a-z]{2,4}_[0-9a-f]{32}";

/** Actors, joined by commas. */
export const ActorList = z
  .string()
  .regex(
    new RegExp(`^${ACTOR}(?:,${ACTOR}){0,${LIMITS.namedActorsMax - 1}}$`),
    `name 1 to ${LIMITS.namedActorsMax} actors (key:<id> or user:<id>), joined by commas`,
  );

export const PromptSummaryQuery = PromptsQuery.extend({
  /** Part of a name or description, in any case. */
  search: z.string().max(LIMITS.nameLengthMax).optional(),
});
export type PromptSummaryQuery = z.infer<typeof PromptSummaryQuery>;

export const PromptSummary = z.object({
  slug: Slug,
  description: z.string(),
  createdAt: Timestamp,
  newest: z
    .object({
      version: VersionNumber,
      note: z.string().nullable(),
      createdBy: NamedActor.nullable(),
      createdAt: Timestamp,
    })
    .nullable(),
  /** The few that matter most: `production` first, then those that moved last. */
  labels: z.array(Label),
  labelCount: z.number().int(),
  /** The caller's own draft. */
  draft: z.object({ baseVersion: VersionNumber.nullable(), updatedAt: Timestamp }).nullable(),
});
export type PromptSummary = z.infer<typeof PromptSummary>;

/**
 * How far a version is proven: by a run of all cases that a gate let pass, else by the newest that still
 * counts, else by the newest.
 */
export const VersionEvidence = z.object({
  /** `measured` counts and no gate has judged it; `stale` counted once. */
  state: z.enum(["proven", "refused", "inconclusive", "measured", "stale"]),
  runId: z.string(),
  suite: Slug,
  score: Interval.nullable(),
  cases: z.number().int(),
  /** What changed since, in words. */
  reasons: z.array(z.string()),
  finishedAt: Timestamp,
});
export type VersionEvidence = z.infer<typeof VersionEvidence>;

export const TimelineVersion = z.object({
  version: VersionNumber,
  note: z.string().nullable(),
  createdBy: NamedActor.nullable(),
  createdAt: Timestamp,
  model: Slug,
  adapter: z.string().nullable(),
  /** Labels that mean this version now. */
  labels: z.array(LabelName),
  /** Against the version before it: lines of messages, and the names of other members that differ. */
  changes: z.object({
    linesAdded: z.number().int(),
    linesRemoved: z.number().int(),
    members: z.array(z.string()),
  }),
  /** Null where no run of all cases has finished. */
  evidence: VersionEvidence.nullable(),
});
export type TimelineVersion = z.infer<typeof TimelineVersion>;

export const TrafficQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(LIMITS.trafficDaysMax).default(7),
});
export type TrafficQuery = z.infer<typeof TrafficQuery>;

/** Requests of one caller to one version under one label. */
export const TrafficRow = z.object({
  caller: NamedActor.nullable(),
  version: VersionNumber.nullable(),
  /** The label that the requests named; null where they named a version. */
  label: LabelName.nullable(),
  requests: z.number().int(),
  failedRequests: z.number().int(),
  tokens: z.number().int(),
  /** Null as soon as one request's price was unknown. */
  costMicros: z.number().int().nullable(),
  lastUsedAt: Timestamp,
});
export type TrafficRow = z.infer<typeof TrafficRow>;

export const PromptTraffic = z.object({
  since: Timestamp,
  /** Requests of each day, oldest first; the last day is today, in UTC. */
  perDay: z.array(z.object({ date: z.iso.date(), requests: z.number().int() })),
  /** The callers with most requests; `hasMore` when there are others. */
  rows: z.array(TrafficRow),
  hasMore: z.boolean(),
});
export type PromptTraffic = z.infer<typeof PromptTraffic>;
