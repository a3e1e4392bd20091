import { and, eq, isNull } from "../drizzle.ts";
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
