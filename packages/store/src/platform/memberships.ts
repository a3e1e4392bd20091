import { LIMITS, type Role } from "@assay/core";
import { and, asc, eq } from "../drizzle.ts";
import type { PlatformTx } from "../platform-tx.ts";
import { insertTenantAudit } from "./tenant-audit.ts";
import type { TenantRow } from "./tenants.ts";
import { lockUser } from "./users.ts";

/** What a person is in a tenant, before any tenant is known to the request. */
export interface MembershipRow {
  tenant: TenantRow;
  role: Role;
  /** The tenant lets people in by its identity provider alone. */
  isSsoEnforced: boolean;
}

function membershipsOf(tx: PlatformTx, where: { userId: string; slug?: string }) {
  const { db, tables } = tx.session;
  const { memberships, tenants, identityProviders } = tables;
  return db
    .select({ tenant: tenants, role: memberships.role, enforced: identityProviders.enforced })
    .from(memberships)
    .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
    .leftJoin(identityProviders, eq(identityProviders.tenantId, memberships.tenantId))
    .where(
      and(
        eq(memberships.userId, where.userId),
        where.slug === undefined ? undefined : eq(tenants.slug, where.slug),
      ),
    )
    .orderBy(asc(tenants.slug));
}

/** Undefined where the person is no member as where there is no such tenant. */
export async function findMembership(
  tx: PlatformTx,
  userId: string,
  slug: string,
): Promise<MembershipRow | undefined> {
  const [row] = await membershipsOf(tx, { userId, slug }).limit(1);
  return row && { tenant: row.tenant, role: row.role, isSsoEnforced: row.enforced === true };
}

/** All tenants of a person, by slug; there are at most LIMITS.membershipsPerUserMax. */
export async function listMembershipsOf(tx: PlatformTx, userId: string): Promise<MembershipRow[]> {
  const rows = await membershipsOf(tx, { userId }).limit(LIMITS.membershipsPerUserMax);
  return rows.map(({ tenant, role, enforced }) => ({ tenant, role, isSsoEnforced: enforced === true }));
}

/** Makes a person a member and leaves the trace in the tenant's own audit; the invitation said what as. */
export async function insertMembership(
  tx: PlatformTx,
  { tenantId, userId, role, actor }: { tenantId: string; userId: string; role: Role; actor: string },
): Promise<void> {
  const { db, tables } = tx.session;
  // Whether the account is one tenant's alone decides who may reset its password: nobody joins another meanwhile.
  await lockUser(tx, userId);
  await db.insert(tables.memberships).values({ tenantId, userId, role, createdAt: new Date() });
  await insertTenantAudit(tx, tenantId, { actor, action: "member.join", object: userId, details: { role } });
}

export async function countMembershipsOf(tx: PlatformTx, userId: string): Promise<number> {
  const { db, tables } = tx.session;
  return await db.$count(tables.memberships, eq(tables.memberships.userId, userId));
}

export async function countMembersOf(tx: PlatformTx, tenantId: string): Promise<number> {
  const { db, tables } = tx.session;
  return await db.$count(tables.memberships, eq(tables.memberships.tenantId, tenantId));
}

export async function isSsoEnforced(tx: PlatformTx, tenantId: string): Promise<boolean> {
  const { db, tables } = tx.session;
  const { identityProviders } = tables;
  const enforcing = and(eq(identityProviders.tenantId, tenantId), eq(identityProviders.enforced, true));
  return (await db.$count(identityProviders, enforcing)) > 0;
}
