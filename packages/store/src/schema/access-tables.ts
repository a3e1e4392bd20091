import type { KeyLimits, Scope } from "@assay/core";
import type { Kit } from "../kit.ts";
import type { PlatformTables } from "./platform-tables.ts";
import { tenantColumn } from "./tenant-column.ts";

/** Who may do what, what they did, and what it used. */
export function defineAccessTables(k: Kit, { tenants }: PlatformTables) {
  const tenantId = () => tenantColumn(k, tenants);

  const keys = k.table(
    "keys",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      publicId: k.text("public_id").notNull(),
      secretSha256: k.text("secret_sha256").notNull(),
      name: k.text("name").notNull(),
      scopes: k.json<Scope[]>("scopes").notNull(),
      prompts: k.json<string[]>("prompts"),
      labels: k.json<string[]>("labels"),
      limits: k.json<KeyLimits>("limits").notNull(),
      /** Null for the first key of a tenant, which no key of the tenant made. */
      createdByKeyId: k.text("created_by_key_id"),
      /** The person at the beginning of the line of makers; the key can do no more than that person may now. */
      createdByUserId: k.text("created_by_user_id"),
      expiresAt: k.time("expires_at"),
      revokedAt: k.time("revoked_at"),
      /** When it last came along with a request, to a few minutes; null for never. */
      lastUsedAt: k.time("last_used_at"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("keys_public_id").on(t.publicId),
      ...k.tenantPolicy("keys", t.tenantId),
    ],
  );

  const auditEntries = k.table(
    "audit_entries",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      actor: k.text("actor").notNull(),
      action: k.text("action").notNull(),
      object: k.text("object").notNull(),
      details: k.json<Record<string, unknown>>("details").notNull(),
      /** The request that did it, as the server's log names it; null for what no request did. */
      requestId: k.text("request_id"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.index("audit_entries_object").on(t.tenantId, t.object, t.id),
      ...k.tenantPolicy("audit_entries", t.tenantId),
    ],
  );

  const idempotencyKeys = k.table(
    "idempotency_keys",
    {
      tenantId: tenantId(),
      key: k.text("key").notNull(),
      requestSha256: k.text("request_sha256").notNull(),
      status: k.int("status").notNull(),
      body: k.text("body").notNull(),
      expiresAt: k.time("expires_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.key] }),
      k.index("idempotency_keys_expiry").on(t.expiresAt),
      ...k.tenantPolicy("idempotency_keys", t.tenantId),
    ],
  );

  /** One row per served request; text is not kept here. */
  const traces = k.table(
    "traces",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      keyId: k.text("key_id"),
      promptId: k.text("prompt_id"),
      promptVersionId: k.text("prompt_version_id"),
      /** The label that the request named; null where it named a version, an adapter or a model. */
      label: k.text("label"),
      model: k.text("model").notNull(),
      adapterSha256: k.text("adapter_sha256"),
      status: k.enum("status", ["completed", "failed", "cancelled"]).notNull(),
      failureCode: k.text("failure_code"),
      /** Whether a person tried it out or an app asked for its users. */
      source: k.enum("source", ["served", "playground"]).notNull().default("served"),
      promptTokens: k.int("prompt_tokens"),
      completionTokens: k.int("completion_tokens"),
      costMicros: k.long("cost_micros"),
      latencyMs: k.real("latency_ms").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.index("traces_created").on(t.tenantId, t.createdAt),
      k.index("traces_prompt_created").on(t.tenantId, t.promptId, t.createdAt),
      ...k.tenantPolicy("traces", t.tenantId),
    ],
  );

  return { keys, auditEntries, idempotencyKeys, traces };
}

export type AccessTables = ReturnType<typeof defineAccessTables>;
