import { ROLES, type SessionView } from "@assay/core";
import { listMembershipsOf, type MembershipRow } from "@assay/store";
import type { Platform } from "../context.ts";
import type { LiveSession } from "./logins.ts";

/** A session that a tenant's identity provider opened leads into that tenant and nowhere else. */
export function leadsInto({ viaTenantId }: LiveSession, tenantId: string): boolean {
  return viaTenantId === null || viaTenantId === tenantId;
}

/** Where a tenant trusts its identity provider alone, a password does not open it. */
export function needsSso({ viaTenantId }: LiveSession, row: MembershipRow): boolean {
  return row.isSsoEnforced && viaTenantId !== row.tenant.id;
}

/** Operators are made by operators; no tenant's identity provider can vouch for one. */
export function isOperator({ user, viaTenantId }: LiveSession): boolean {
  return user.isOperator && viaTenantId === null;
}

export async function sessionView({ store }: Platform, session: LiveSession): Promise<SessionView> {
  const rows = await store.readPlatform((tx) => listMembershipsOf(tx, session.user.id));
  const { id, email, name } = session.user;
  return {
    user: { id, email, name, isOperator: isOperator(session) },
    tenants: rows
      .filter(({ tenant }) => leadsInto(session, tenant.id))
      .map((row) => ({
        id: row.tenant.id,
        slug: row.tenant.slug,
        name: row.tenant.name,
        role: row.role,
        scopes: [...ROLES[row.role]],
        needsSso: needsSso(session, row),
      })),
    expiresAt: session.expiresAt.toISOString(),
  };
}
