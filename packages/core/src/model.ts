import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { Id, LabelName, Sha256, Slug, Timestamp, VersionNumber } from "./names.ts";

/** Micro-units of the platform's currency per million tokens; integers only. Unknown is absent, never zero. */
export const Price = z.strictObject({
  inputMicrosPerMillion: z.number().int().min(0).max(1_000_000_000_000),
  outputMicrosPerMillion: z.number().int().min(0).max(1_000_000_000_000),
});
export type Price = z.infer<typeof Price>;

/** `webhook` is where a tenant's own scorer listens; the others answer for models. */
export const ConnectionKind = z.enum(["openai", "azure-openai", "openai-compatible", "webhook"]);
export type ConnectionKind = z.infer<typeof ConnectionKind>;

const BaseUrl = z.url({ protocol: /^https?$/ }).max(500);

/** A connection as it can be read back: whether a secret is set, never the secret. */
export const Connection = z.object({
  id: Id,
  slug: Slug,
  kind: ConnectionKind,
  baseUrl: z.string(),
  apiVersion: z.string().nullable(),
  hasSecret: z.boolean(),
  createdAt: Timestamp,
});
export type Connection = z.infer<typeof Connection>;

export const ConnectionDraft = z.strictObject({
  slug: Slug,
  kind: ConnectionKind,
  baseUrl: BaseUrl,
  /** Azure only, for example `2024-10-21`. */
  apiVersion: z.string().max(40).optional(),
  secret: z.string().min(1).max(4_096).optional(),
});
export type ConnectionDraft = z.infer<typeof ConnectionDraft>;

/** A new `baseUrl` with another host clears the stored secret, unless the same request brings a new one. */
export const ConnectionPatch = z.strictObject({
  baseUrl: BaseUrl.optional(),
  apiVersion: z.string().max(40).nullable().optional(),
  secret: z.string().min(1).max(4_096).optional(),
});
export type ConnectionPatch = z.infer<typeof ConnectionPatch>;

/** What a GGUF header says, as far as serving and adapter checks need it. */
export const GgufFacts = z.object({
  architecture: z.string(),
  name: z.string().nullable(),
  contextLength: z.number().int().nullable(),
  parameterCount: z.number().nullable(),
  fileType: z.number().int().nullable(),
});
export type GgufFacts = z.infer<typeof GgufFacts>;

export const Model = z.object({
  id: Id,
  slug: Slug,
  /** `shared` belongs to the operator and is usable by every tenant; `tenant` is private. */
  ownership: z.enum(["shared", "tenant"]),
  kind: z.enum(["local", "hosted"]),
  sha256: Sha256.nullable(),
  bytes: z.number().int().nullable(),
  gguf: GgufFacts.nullable(),
  connection: Slug.nullable(),
  providerModel: z.string().nullable(),
  price: Price.nullable(),
  createdAt: Timestamp,
});
export type Model = z.infer<typeof Model>;

/** A hosted model of the tenant: a connection and the provider's own name for it. */
export const HostedModelDraft = z.strictObject({
  slug: Slug,
  connection: Slug,
  providerModel: z.string().min(1).max(LIMITS.nameLengthMax),
  price: Price.optional(),
});
export type HostedModelDraft = z.infer<typeof HostedModelDraft>;

/** Query of a GGUF upload; the file itself is the body. */
export const LocalModelQuery = z.strictObject({
  slug: Slug,
  sha256: Sha256.optional(),
  inputMicrosPerMillion: z.coerce.number().int().min(0).optional(),
  outputMicrosPerMillion: z.coerce.number().int().min(0).optional(),
});
export type LocalModelQuery = z.infer<typeof LocalModelQuery>;

export const AdapterVersion = z.object({
  id: Id,
  adapter: Slug,
  version: VersionNumber,
  sha256: Sha256,
  bytes: z.number().int(),
  rank: z.number().int(),
  alpha: z.number(),
  baseSha256: Sha256,
  note: z.string().nullable(),
  createdAt: Timestamp,
});
export type AdapterVersion = z.infer<typeof AdapterVersion>;

export const Adapter = z.object({
  id: Id,
  slug: Slug,
  baseModel: Slug,
  latestVersion: VersionNumber.nullable(),
  createdAt: Timestamp,
});
export type Adapter = z.infer<typeof Adapter>;

export const AdapterDraft = z.strictObject({ slug: Slug, baseModel: Slug });
export type AdapterDraft = z.infer<typeof AdapterDraft>;

/** Query of an adapter upload; the GGUF file is the body. `sha256`, when given, must be that of the body. */
export const AdapterVersionQuery = z.strictObject({
  sha256: Sha256.optional(),
  note: z.string().max(LIMITS.reasonLengthMax).optional(),
});
export type AdapterVersionQuery = z.infer<typeof AdapterVersionQuery>;

/** A version of a prompt that pins a version of an adapter. */
export const AdapterUse = z.object({
  adapterVersion: VersionNumber,
  prompt: Slug,
  promptVersion: VersionNumber,
  /** Labels that mean this version now. */
  labels: z.array(LabelName),
  createdAt: Timestamp,
});
export type AdapterUse = z.infer<typeof AdapterUse>;
