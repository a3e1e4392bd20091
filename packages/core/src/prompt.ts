import { z } from "zod";
import { AdapterReference, ModelReference, ResponseFormat, Sampling, Tool } from "./chat.ts";
import { LIMITS } from "./limits.ts";
import { MESSAGE_ROLES } from "./message-roles.ts";
import { Id, JsonSchema, LabelName, Sha256, Slug, Timestamp, VersionNumber } from "./names.ts";
import { PageQuery } from "./page.ts";

/** One message of a version: a Liquid template in a fixed role, or the place where the caller's messages go. */
export const PromptMessage = z.union([
  z.strictObject({
    role: z.enum(MESSAGE_ROLES),
    content: z.string().max(LIMITS.promptContentBytesMax),
  }),
  z.strictObject({
    placeholder: z.literal("history"),
    /** Keep only this many of the caller's newest messages. */
    max: z.number().int().min(1).max(LIMITS.historyMessagesMax).optional(),
  }),
]);
export type PromptMessage = z.infer<typeof PromptMessage>;

/** Texts that messages, and other partials, take in by `{% render 'name', variable: value %}`. */
export const Partials = z.record(Slug, z.string().max(LIMITS.promptContentBytesMax)).refine((partials) => {
  const { length } = Object.keys(partials);
  return length > 0 && length <= LIMITS.promptPartialsMax;
}, `a version has 1 to ${LIMITS.promptPartialsMax} partials, or no member \`partials\``);
export type Partials = z.infer<typeof Partials>;

/**
 * Everything that shapes the output, as written in a prompt file. Without a placeholder the caller's messages
 * follow the version's own.
 */
export const PromptContent = z.strictObject({
  messages: z.array(PromptMessage).min(1).max(LIMITS.promptMessagesMax),
  partials: Partials.optional(),
  variables: JsonSchema.optional(),
  model: ModelReference,
  adapter: AdapterReference.optional(),
  sampling: Sampling.default({}),
  tools: z.array(Tool).max(LIMITS.toolsMax).optional(),
  responseFormat: ResponseFormat.optional(),
});
export type PromptContent = z.infer<typeof PromptContent>;

/** A name of labels, and how many prompts have one of it. */
export const LabelNameUse = z.object({ name: LabelName, prompts: z.number().int() });
export type LabelNameUse = z.infer<typeof LabelNameUse>;

export const PromptsQuery = PageQuery.extend({
  /** Only prompts that judge the answers of others (their names begin with `judge-`), or only the rest. */
  judges: z.enum(["true", "false"]).optional(),
});

export const Prompt = z.object({
  id: Id,
  slug: Slug,
  description: z.string(),
  latestVersion: VersionNumber.nullable(),
  createdAt: Timestamp,
});
export type Prompt = z.infer<typeof Prompt>;

export const PromptDraft = z.strictObject({
  slug: Slug,
  description: z.string().max(LIMITS.descriptionLengthMax).default(""),
});
export type PromptDraft = z.infer<typeof PromptDraft>;

/** The bytes behind the names that a version pins. */
export const PinnedArtifacts = z.object({
  modelId: Id,
  /** SHA-256 of the GGUF file, or of the canonical (connection kind, base URL, provider model) of a hosted model. */
  modelHash: Sha256,
  adapterVersionId: Id.nullable(),
  adapterSha256: Sha256.nullable(),
});
export type PinnedArtifacts = z.infer<typeof PinnedArtifacts>;

export const PromptVersion = z.object({
  id: Id,
  prompt: Slug,
  version: VersionNumber,
  contentHash: Sha256,
  content: PromptContent,
  pinned: PinnedArtifacts,
  note: z.string().nullable(),
  /** The key that added it; null for versions older than this field. */
  createdBy: z.string().nullable().default(null),
  createdAt: Timestamp,
});
export type PromptVersion = z.infer<typeof PromptVersion>;

export const PromptVersionDraft = z.strictObject({
  content: PromptContent,
  note: z.string().max(LIMITS.reasonLengthMax).optional(),
  /** The revision of the caller's own draft that this is made of; a new version takes that draft's place. */
  draftRevision: z.number().int().min(1).optional(),
  /** Say what would happen and change nothing. */
  dryRun: z.boolean().default(false),
});
export type PromptVersionDraft = z.infer<typeof PromptVersionDraft>;

/**
 * The next version: `from` (a number, or a label and what it means now) with another adapter or model and everything
 * else as it is. `adapter: null` leaves it out.
 */
export const VersionDerivation = z
  .strictObject({
    from: z.union([z.number().int().min(1).max(2_147_483_647), LabelName]),
    adapter: AdapterReference.nullable().optional(),
    model: ModelReference.optional(),
    note: z.string().max(LIMITS.reasonLengthMax).optional(),
    /** Say what would happen and change nothing. */
    dryRun: z.boolean().default(false),
  })
  .refine(({ adapter, model }) => adapter !== undefined || model !== undefined, {
    error: "name another adapter or another model",
    path: ["adapter"],
  });
export type VersionDerivation = z.infer<typeof VersionDerivation>;

/** `created: false` means the prompt already has a version of this very content, which is returned. */
export const AddedVersion = z.object({
  created: z.boolean(),
  version: PromptVersion.nullable(),
  contentHash: Sha256,
});
export type AddedVersion = z.infer<typeof AddedVersion>;

/** Why a label's version may or may not be trusted right now. */
export const LabelStanding = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unprotected") }),
  z.object({ kind: z.literal("proven"), runId: Id }),
  z.object({ kind: z.literal("stale"), runId: Id, changed: z.array(z.string()) }),
  /** It came there before the label had a gate: nothing about it was ever shown. */
  z.object({ kind: z.literal("unproven") }),
  z.object({ kind: z.literal("overridden"), reason: z.string(), expiresAt: Timestamp }),
  z.object({ kind: z.literal("rolled_back") }),
]);
export type LabelStanding = z.infer<typeof LabelStanding>;

export const Label = z.object({
  name: LabelName,
  version: VersionNumber,
  isProtected: z.boolean(),
  standing: LabelStanding,
  movedAt: Timestamp,
});
export type Label = z.infer<typeof Label>;

export const MoveKind = z.enum(["unprotected", "gate", "override", "rollback"]);
export type MoveKind = z.infer<typeof MoveKind>;

/**
 * Moves a label. `expectedVersion` (null: the label must not exist yet) makes the move a compare-and-set.
 * `override` is break-glass: scope `override`, a reason, and an expiry after which the label falls back by itself to
 * the version it held before.
 */
export const LabelMoveRequest = z.strictObject({
  version: VersionNumber,
  expectedVersion: VersionNumber.nullable().optional(),
  dryRun: z.boolean().default(false),
  override: z
    .strictObject({ reason: z.string().min(10).max(LIMITS.reasonLengthMax), expiresAt: Timestamp })
    .optional(),
});
export type LabelMoveRequest = z.infer<typeof LabelMoveRequest>;

/** Rolls back to `version`, or without it to the version the label held before the present one. */
export const RollbackRequest = z.strictObject({
  version: VersionNumber.optional(),
  reason: z.string().min(1).max(LIMITS.reasonLengthMax),
});
export type RollbackRequest = z.infer<typeof RollbackRequest>;

export const LabelMove = z.object({
  id: Id,
  label: LabelName,
  fromVersion: VersionNumber.nullable(),
  toVersion: VersionNumber,
  kind: MoveKind,
  runId: Id.nullable(),
  reason: z.string().nullable(),
  expiresAt: Timestamp.nullable(),
  movedBy: z.string(),
  movedAt: Timestamp,
});
export type LabelMove = z.infer<typeof LabelMove>;
