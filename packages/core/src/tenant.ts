import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { Id, LabelName, Slug, Timestamp } from "./names.ts";
import { Role, Scope } from "./scope-schemas.ts";

export const Tenant = z.object({ id: Id, slug: Slug, name: z.string(), createdAt: Timestamp });
export type Tenant = z.infer<typeof Tenant>;

/** Requests per minute and at the same time that one key may make, on the data and on the control plane each. */
export const KeyLimits = z.strictObject({
  requestsPerMinute: z.number().int().min(1).max(1_000_000),
  concurrentRequests: z.number().int().min(1).max(10_000),
});
export type KeyLimits = z.infer<typeof KeyLimits>;

/** `limits` are those of the first admin key, and so the most that any key of the tenant can be given. */
export const TenantDraft = z.strictObject({
  slug: Slug,
  name: z.string().min(1).max(LIMITS.nameLengthMax),
  limits: KeyLimits.partial().optional(),
});
export type TenantDraft = z.infer<typeof TenantDraft>;

/** A key as it can be read back: never its secret. */
export const Key = z.object({
  id: Id,
  name: z.string(),
  publicId: z.string(),
  scopes: z.array(Scope),
  /** Prompt slugs the key is confined to; null is no confinement. */
  prompts: z.array(Slug).nullable(),
  /** Labels the key is confined to, for using and for moving; null is no confinement. */
  labels: z.array(LabelName).nullable(),
  limits: KeyLimits,
  expiresAt: Timestamp.nullable(),
  revokedAt: Timestamp.nullable(),
  /** When it last came along with a request, to a few minutes; null for never. */
  lastUsedAt: Timestamp.nullable(),
  createdAt: Timestamp,
});
export type Key = z.infer<typeof Key>;

/** `role` names a set of scopes; give either. A key can never hold more than the key that makes it. */
export const KeyDraft = z
  .strictObject({
    name: z.string().min(1).max(LIMITS.nameLengthMax),
    scopes: z.array(Scope).min(1).max(16).optional(),
    role: Role.optional(),
    prompts: z.array(Slug).min(1).max(100).optional(),
    labels: z.array(LabelName).min(1).max(50).optional(),
    limits: KeyLimits.partial().optional(),
    expiresAt: Timestamp.optional(),
  })
  .refine((draft) => (draft.scopes === undefined) !== (draft.role === undefined), {
    error: "give either scopes or role",
    path: ["scopes"],
  });
export type KeyDraft = z.infer<typeof KeyDraft>;

/** The answer to making a key: the only time `secret` (`ask_<public id>_<secret>`) is shown. */
export const NewKey = z.object({ key: Key, secret: z.string() });
export type NewKey = z.infer<typeof NewKey>;

/**
 * The same with what the key is confined to and is not there: a misspelt name, or one that comes later, as where CI
 * makes a key before its prompt. Labels are looked for on the prompts that the key may use.
 */
export const ConfinedKey = NewKey.extend({
  unknownPrompts: z.array(Slug),
  unknownLabels: z.array(LabelName),
});
export type ConfinedKey = z.infer<typeof ConfinedKey>;

export const NewTenant = z.object({ tenant: Tenant, adminKey: NewKey });
export type NewTenant = z.infer<typeof NewTenant>;

/** The answer to setting a tenant's limits. */
export const TenantLimitsSet = z.object({ limits: KeyLimits, changedKeys: z.number().int() });
export type TenantLimitsSet = z.infer<typeof TenantLimitsSet>;

/** Who is calling, as the credential says. */
export const Caller = z.object({
  audience: z.enum(["tenant", "operator"]),
  tenant: Tenant.nullable(),
  /** Null for a person. */
  keyId: Id.nullable(),
  /** Null for a key. */
  userId: Id.nullable(),
  scopes: z.array(Scope),
  prompts: z.array(Slug).nullable(),
  labels: z.array(LabelName).nullable(),
});
export type Caller = z.infer<typeof Caller>;
