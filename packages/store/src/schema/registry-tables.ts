import type { GgufFacts, Price, PromptContent } from "@assay/core";
import type { Kit } from "../kit.ts";
import type { PlatformTables } from "./platform-tables.ts";
import { tenantColumn } from "./tenant-column.ts";

/** Connections, models, adapters and prompts. Every reference is composite, so that no row can point at another tenant. */
export function defineRegistryTables(k: Kit, { tenants, sharedModels }: PlatformTables) {
  const tenantId = () => tenantColumn(k, tenants);

  const connections = k.table(
    "connections",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      slug: k.text("slug").notNull(),
      kind: k.enum("kind", ["openai", "azure-openai", "openai-compatible", "webhook"]).notNull(),
      baseUrl: k.text("base_url").notNull(),
      apiVersion: k.text("api_version"),
      /** Sealed with AES-256-GCM; tenant and connection id are the associated data. */
      sealedSecret: k.bytes("sealed_secret"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("connections_slug").on(t.tenantId, t.slug),
      ...k.tenantPolicy("connections", t.tenantId),
    ],
  );

  const models = k.table(
    "models",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      slug: k.text("slug").notNull(),
      kind: k.enum("kind", ["local", "hosted"]).notNull(),
      sha256: k.text("sha256"),
      bytes: k.long("bytes"),
      gguf: k.json<GgufFacts>("gguf"),
      connectionId: k.text("connection_id"),
      providerModel: k.text("provider_model"),
      price: k.json<Price>("price"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("models_slug").on(t.tenantId, t.slug),
      k.foreignKey({
        name: "models_connection_fk",
        columns: [t.tenantId, t.connectionId],
        foreignColumns: [connections.tenantId, connections.id],
      }),
      ...k.tenantPolicy("models", t.tenantId),
    ],
  );

  const adapters = k.table(
    "adapters",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      slug: k.text("slug").notNull(),
      /** The base is one of the two. */
      modelId: k.text("model_id"),
      sharedModelId: k.text("shared_model_id").references(() => sharedModels.id),
      baseSha256: k.text("base_sha256").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("adapters_slug").on(t.tenantId, t.slug),
      k.foreignKey({
        name: "adapters_model_fk",
        columns: [t.tenantId, t.modelId],
        foreignColumns: [models.tenantId, models.id],
      }),
      ...k.tenantPolicy("adapters", t.tenantId),
    ],
  );

  const adapterVersions = k.table(
    "adapter_versions",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      adapterId: k.text("adapter_id").notNull(),
      version: k.int("version").notNull(),
      sha256: k.text("sha256").notNull(),
      bytes: k.long("bytes").notNull(),
      rank: k.int("rank").notNull(),
      alpha: k.real("alpha").notNull(),
      baseSha256: k.text("base_sha256").notNull(),
      note: k.text("note"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("adapter_versions_version").on(t.tenantId, t.adapterId, t.version),
      k
        .foreignKey({
          name: "adapter_versions_adapter_fk",
          columns: [t.tenantId, t.adapterId],
          foreignColumns: [adapters.tenantId, adapters.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("adapter_versions", t.tenantId),
    ],
  );

  const prompts = k.table(
    "prompts",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      slug: k.text("slug").notNull(),
      description: k.text("description").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("prompts_slug").on(t.tenantId, t.slug),
      ...k.tenantPolicy("prompts", t.tenantId),
    ],
  );

  const promptVersions = k.table(
    "prompt_versions",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      promptId: k.text("prompt_id").notNull(),
      version: k.int("version").notNull(),
      content: k.json<PromptContent>("content").notNull(),
      contentSha256: k.text("content_sha256").notNull(),
      /** The model is one of the two; `modelSha256` is what `PinnedArtifacts.modelHash` says. */
      modelId: k.text("model_id"),
      sharedModelId: k.text("shared_model_id").references(() => sharedModels.id),
      modelSha256: k.text("model_sha256").notNull(),
      adapterVersionId: k.text("adapter_version_id"),
      adapterSha256: k.text("adapter_sha256"),
      note: k.text("note"),
      /** The actor that added it. */
      createdBy: k.text("created_by"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("prompt_versions_version").on(t.tenantId, t.promptId, t.version),
      k.uniqueIndex("prompt_versions_content").on(t.tenantId, t.promptId, t.contentSha256),
      k.index("prompt_versions_adapter").on(t.tenantId, t.adapterVersionId, t.id),
      k
        .foreignKey({
          name: "prompt_versions_prompt_fk",
          columns: [t.tenantId, t.promptId],
          foreignColumns: [prompts.tenantId, prompts.id],
        })
        .onDelete("cascade"),
      k.foreignKey({
        name: "prompt_versions_model_fk",
        columns: [t.tenantId, t.modelId],
        foreignColumns: [models.tenantId, models.id],
      }),
      k.foreignKey({
        name: "prompt_versions_adapter_fk",
        columns: [t.tenantId, t.adapterVersionId],
        foreignColumns: [adapterVersions.tenantId, adapterVersions.id],
      }),
      ...k.tenantPolicy("prompt_versions", t.tenantId),
    ],
  );

  /** What an editor has typed and not made a version of yet: text as it is, whole or broken, of one actor alone. */
  const promptDrafts = k.table(
    "prompt_drafts",
    {
      tenantId: tenantId(),
      promptId: k.text("prompt_id").notNull(),
      actor: k.text("actor").notNull(),
      /** The version it was begun from; null where the prompt had none. */
      baseVersion: k.int("base_version"),
      body: k.text("body").notNull(),
      /** Counts the times it was kept, so that two windows do not overwrite each other unseen. */
      revision: k.int("revision").notNull(),
      updatedAt: k.time("updated_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.promptId, t.actor] }),
      k.index("prompt_drafts_actor").on(t.tenantId, t.actor),
      k
        .foreignKey({
          name: "prompt_drafts_prompt_fk",
          columns: [t.tenantId, t.promptId],
          foreignColumns: [prompts.tenantId, prompts.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("prompt_drafts", t.tenantId),
    ],
  );

  return { connections, models, adapters, adapterVersions, prompts, promptVersions, promptDrafts };
}

export type RegistryTables = ReturnType<typeof defineRegistryTables>;
