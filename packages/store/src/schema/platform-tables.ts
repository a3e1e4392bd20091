import type { GgufFacts, Price } from "@assay/core";
import type { Kit } from "../kit.ts";

/** The tables that belong to the platform and not to a tenant: the only ones without a tenant column. */
export function definePlatformTables(k: Kit) {
  const tenants = k.table(
    "tenants",
    {
      id: k.text("id").primaryKey(),
      slug: k.text("slug").notNull(),
      name: k.text("name").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [k.uniqueIndex("tenants_slug").on(t.slug), ...k.tenantPolicy("tenants", t.id)],
  );

  const operatorKeys = k.table(
    "operator_keys",
    {
      id: k.text("id").primaryKey(),
      publicId: k.text("public_id").notNull(),
      secretSha256: k.text("secret_sha256").notNull(),
      name: k.text("name").notNull(),
      createdAt: k.time("created_at").notNull(),
      revokedAt: k.time("revoked_at"),
    },
    (t) => [k.uniqueIndex("operator_keys_public_id").on(t.publicId)],
  );

  const sharedModels = k.table(
    "shared_models",
    {
      id: k.text("id").primaryKey(),
      slug: k.text("slug").notNull(),
      kind: k.enum("kind", ["local", "hosted"]).notNull(),
      sha256: k.text("sha256"),
      bytes: k.long("bytes"),
      gguf: k.json<GgufFacts>("gguf"),
      providerModel: k.text("provider_model"),
      price: k.json<Price>("price"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [k.uniqueIndex("shared_models_slug").on(t.slug)],
  );

  const platformAudit = k.table("platform_audit", {
    id: k.text("id").primaryKey(),
    actor: k.text("actor").notNull(),
    action: k.text("action").notNull(),
    object: k.text("object").notNull(),
    details: k.json<Record<string, unknown>>("details").notNull(),
    createdAt: k.time("created_at").notNull(),
  });

  return { tenants, operatorKeys, sharedModels, platformAudit };
}

export type PlatformTables = ReturnType<typeof definePlatformTables>;
