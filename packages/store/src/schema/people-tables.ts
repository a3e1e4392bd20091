import type { Role } from "@assay/core";
import type { Kit } from "../kit.ts";
import type { PlatformTables } from "./platform-tables.ts";
import { tenantColumn } from "./tenant-column.ts";

/**
 * People belong to the platform, since one may be in several tenants. The fields of these four tables are named as
 * better-auth names them.
 */
export function defineUserTables(k: Kit) {
  const users = k.table(
    "users",
    {
      id: k.text("id").primaryKey(),
      name: k.text("name").notNull(),
      email: k.text("email").notNull(),
      /**
       * The tenant whose identity provider made this person, who is somebody else then than whoever logs in with the
       * same e-mail; empty for people with a log-in of their own. Empty and not null, so that the index counts it.
       */
      homeTenantId: k.text("home_tenant_id").notNull().default(""),
      emailVerified: k.bool("email_verified").notNull(),
      image: k.text("image"),
      /** Opens the operator's routes; gives no sight of any tenant's content. */
      isOperator: k.bool("is_operator").notNull().default(false),
      createdAt: k.time("created_at").notNull(),
      updatedAt: k.time("updated_at").notNull(),
    },
    (t) => [k.uniqueIndex("users_email_home").on(t.email, t.homeTenantId)],
  );

  const userId = () =>
    k
      .text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" });

  /** `token` alone opens nothing: the cookie carries it signed with a secret that is not in the database. */
  const sessions = k.table(
    "sessions",
    {
      id: k.text("id").primaryKey(),
      userId: userId(),
      token: k.text("token").notNull(),
      /** The tenant whose identity provider vouched for this session; it opens no other. Null for a password. */
      viaTenantId: k.text("via_tenant_id"),
      ipAddress: k.text("ip_address"),
      userAgent: k.text("user_agent"),
      expiresAt: k.time("expires_at").notNull(),
      createdAt: k.time("created_at").notNull(),
      updatedAt: k.time("updated_at").notNull(),
    },
    (t) => [
      k.uniqueIndex("sessions_token").on(t.token),
      k.index("sessions_user").on(t.userId, t.id),
      k.index("sessions_expiry").on(t.expiresAt),
    ],
  );

  /** How a person proves to be it: a password's hash, or the subject at an identity provider. */
  const accounts = k.table(
    "accounts",
    {
      id: k.text("id").primaryKey(),
      userId: userId(),
      providerId: k.text("provider_id").notNull(),
      accountId: k.text("account_id").notNull(),
      password: k.text("password"),
      accessToken: k.text("access_token"),
      refreshToken: k.text("refresh_token"),
      idToken: k.text("id_token"),
      accessTokenExpiresAt: k.time("access_token_expires_at"),
      refreshTokenExpiresAt: k.time("refresh_token_expires_at"),
      scope: k.text("scope"),
      createdAt: k.time("created_at").notNull(),
      updatedAt: k.time("updated_at").notNull(),
    },
    (t) => [
      k.uniqueIndex("accounts_provider_account").on(t.providerId, t.accountId),
      k.index("accounts_user").on(t.userId),
    ],
  );

  /** What was begun and waits for its answer: a sign-in at an identity provider, a reset of a password. */
  const verifications = k.table(
    "verifications",
    {
      id: k.text("id").primaryKey(),
      identifier: k.text("identifier").notNull(),
      value: k.text("value").notNull(),
      expiresAt: k.time("expires_at").notNull(),
      createdAt: k.time("created_at").notNull(),
      updatedAt: k.time("updated_at").notNull(),
    },
    (t) => [
      k.uniqueIndex("verifications_identifier").on(t.identifier),
      k.index("verifications_expiry").on(t.expiresAt),
    ],
  );

  return { users, sessions, accounts, verifications };
}

type UserTables = ReturnType<typeof defineUserTables>;

/** Who is in a tenant, who was asked to be, and who vouches for them. */
export function defineMemberTables(k: Kit, { tenants }: PlatformTables, { users }: UserTables) {
  const tenantId = () => tenantColumn(k, tenants);
  const role = () => k.text("role").$type<Role>();

  const memberships = k.table(
    "memberships",
    {
      tenantId: tenantId(),
      userId: k
        .text("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      role: role().notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.userId] }),
      k.index("memberships_user").on(t.userId, t.tenantId),
      ...k.tenantPolicy("memberships", t.tenantId),
    ],
  );

  const invitations = k.table(
    "invitations",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      email: k.text("email").notNull(),
      role: role().notNull(),
      tokenSha256: k.text("token_sha256").notNull(),
      invitedBy: k.text("invited_by").notNull(),
      expiresAt: k.time("expires_at").notNull(),
      acceptedByUserId: k.text("accepted_by_user_id"),
      acceptedAt: k.time("accepted_at"),
      revokedAt: k.time("revoked_at"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("invitations_token").on(t.tokenSha256),
      ...k.tenantPolicy("invitations", t.tenantId),
    ],
  );

  const identityProviders = k.table(
    "identity_providers",
    {
      tenantId: tenantId(),
      issuer: k.text("issuer").notNull(),
      clientId: k.text("client_id").notNull(),
      clientSecret: k.bytes("client_secret"),
      domains: k.json<string[]>("domains").notNull(),
      /** Members enter this tenant by the provider alone. */
      enforced: k.bool("enforced").notNull(),
      /** What people of the domains become who were not invited; null lets invited people in alone. */
      defaultRole: k.text("default_role").$type<Role>(),
      updatedAt: k.time("updated_at").notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.tenantId] }), ...k.tenantPolicy("identity_providers", t.tenantId)],
  );

  return { memberships, invitations, identityProviders };
}
