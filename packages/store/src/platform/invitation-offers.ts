import type { Role } from "@assay/core";
import { and, eq, gt, isNull, or } from "../drizzle.ts";
import type { PlatformTx } from "../platform-tx.ts";

/** An invitation with its tenant, by what its link carries; undefined where it is used up, revoked or expired. */
export async function findOpenInvitation(tx: PlatformTx, tokenSha256: string, now: Date) {
  const { db, tables } = tx.session;
  const { invitations, tenants } = tables;
  const [row] = await db
    .select({ invitation: invitations, tenant: tenants })
    .from(invitations)
    .innerJoin(tenants, eq(tenants.id, invitations.tenantId))
    .where(eq(invitations.tokenSha256, tokenSha256))
    .limit(1);
  if (row === undefined || row.invitation.expiresAt <= now) return undefined;
  const { acceptedAt, revokedAt } = row.invitation;
  return acceptedAt === null && revokedAt === null ? row : undefined;
}

/** Uses an invitation up; false where somebody was faster. */
export async function useInvitation(
  tx: PlatformTx,
  { tenantId, id }: { tenantId: string; id: string },
  by: { userId: string; at: Date },
): Promise<boolean> {
  const { db, tables } = tx.session;
  const { invitations } = tables;
  const used = await db
    .update(invitations)
    .set({ acceptedAt: by.at, acceptedByUserId: by.userId })
    .where(
      and(
        eq(invitations.tenantId, tenantId),
        eq(invitations.id, id),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    )
    .returning({ id: invitations.id });
  return used.length > 0;
}

/**
 * What whoever made an invitation is in its tenant now; undefined where they are nobody any more: removed, a revoked
 * or expired key, no operator. A key stands for the person at the beginning of its line, or else for the tenant itself.
 */
export async function findInviterRole(
  tx: PlatformTx,
  { tenantId, invitedBy, now }: { tenantId: string; invitedBy: string; now: Date },
): Promise<Role | undefined> {
  const [kind, id = ""] = invitedBy.split(":", 2);
  if (kind === "user") return await roleOf(tx, tenantId, id);
  if (kind === "operator") return (await isLiveOperator(tx, id)) ? "admin" : undefined;
  if (kind !== "key") return undefined;
  const { db, tables } = tx.session;
  const { keys } = tables;
  const isLive = and(isNull(keys.revokedAt), or(isNull(keys.expiresAt), gt(keys.expiresAt, now)));
  const ownKey = and(eq(keys.tenantId, tenantId), eq(keys.id, id), isLive);
  const [key] = await db.select({ makerId: keys.createdByUserId }).from(keys).where(ownKey).limit(1);
  if (key === undefined) return undefined;
  return key.makerId === null ? "admin" : await roleOf(tx, tenantId, key.makerId);
}

async function roleOf(tx: PlatformTx, tenantId: string, userId: string): Promise<Role | undefined> {
  const { db, tables } = tx.session;
  const { memberships } = tables;
  const [row] = await db
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)))
    .limit(1);
  return row?.role;
}

async function isLiveOperator({ session: { db, tables } }: PlatformTx, id: string): Promise<boolean> {
  const { operatorKeys, users } = tables;
  const keys = await db.$count(operatorKeys, and(eq(operatorKeys.id, id), isNull(operatorKeys.revokedAt)));
  return keys > 0 || (await db.$count(users, and(eq(users.id, id), eq(users.isOperator, true)))) > 0;
}
