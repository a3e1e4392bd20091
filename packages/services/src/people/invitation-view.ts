import type { Invitation } from "@assay/core";
import type { listInvitationRows } from "@assay/store";

type InvitationRow = Awaited<ReturnType<typeof listInvitationRows>>[number];

function statusOf(row: InvitationRow, now: Date): Invitation["status"] {
  if (row.acceptedAt !== null) return "accepted";
  if (row.revokedAt !== null) return "revoked";
  return row.expiresAt <= now ? "expired" : "open";
}

/** An invitation as it may be read back: without its token's hash. */
export function invitationView(row: InvitationRow, now: Date): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: row.invitedBy,
    status: statusOf(row, now),
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
