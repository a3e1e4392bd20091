import type { Role } from "@assay/core";
import { and, asc, desc, eq, gt, inArray, isNull, lt } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { TenantTx } from "../tenant-tx.ts";

export interface InvitationInsert {
  email: string;
  role: Role;
  tokenSha256: string;
  invitedBy: string;
  expiresAt: Date;
}

export async function insertInvitation(tx: TenantTx, draft: InvitationInsert) {
  return await tx.insert(tx.tables.invitations, {
    id: newId("invitation"),
    ...draft,
    acceptedByUserId: null,
    acceptedAt: null,
    revokedAt: null,
    createdAt: new Date(),
  });
}

function openOnes(tx: TenantTx, now: Date) {
  const { invitations } = tx.tables;
  return and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now));
}

export async function countOpenInvitations(tx: TenantTx, now: Date): Promise<number> {
  return await tx.count(tx.tables.invitations, openOnes(tx, now));
}

/** How many rows there are, ended ones included. */
export async function countInvitations(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.invitations);
}

/** Newest first; `after` is the id of the last row of the page before. */
export async function listInvitationRows(tx: TenantTx, page: { after?: string; limit: number }) {
  const { invitations } = tx.tables;
  return await tx.select(invitations, {
    where: page.after === undefined ? undefined : lt(invitations.id, page.after),
    orderBy: [desc(invitations.id)],
    limit: page.limit,
  });
}

/** Revokes an open invitation; undefined where there is none. */
export async function revokeInvitationRow(tx: TenantTx, id: string, now: Date) {
  const { invitations } = tx.tables;
  const where = and(eq(invitations.id, id), openOnes(tx, now)) ?? eq(invitations.id, id);
  const [row] = await tx.update(invitations, { revokedAt: now }, where);
  return row;
}

/** Open invitations, oldest first; there are at most LIMITS.openInvitationsPerTenantMax. */
export async function listOpenInvitationRows(tx: TenantTx, now: Date) {
  const { invitations } = tx.tables;
  return await tx.select(invitations, { where: openOnes(tx, now), orderBy: [asc(invitations.id)] });
}

/** Revokes these of the open invitations; answers those that were open. */
export async function revokeInvitationRows(tx: TenantTx, ids: readonly string[], now: Date) {
  if (ids.length === 0) return [];
  const { invitations } = tx.tables;
  const named = inArray(invitations.id, [...ids]);
  return await tx.update(invitations, { revokedAt: now }, and(named, openOnes(tx, now)) ?? named);
}
