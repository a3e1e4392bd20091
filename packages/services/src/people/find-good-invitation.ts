import { holdsScope, ROLES, scopesBeyond } from "@assay/core";
import { findInviterRole, findOpenInvitation, type PlatformTx } from "@assay/store";

interface Offered {
  tenantId: string;
  invitedBy: string;
  role: keyof typeof ROLES;
}

/** An invitation is worth what its maker could give now, whenever it was made. */
export async function isStillMeant(tx: PlatformTx, invitation: Offered, now: Date): Promise<boolean> {
  const role = await findInviterRole(tx, { ...invitation, now });
  if (role === undefined) return false;
  const held = ROLES[role];
  return holdsScope(held, "admin") && scopesBeyond(held, ROLES[invitation.role]).length === 0;
}

/** What an invitation's link stands for; undefined where it is used up, revoked, expired or not meant any more. */
export async function findGoodInvitation(tx: PlatformTx, tokenSha256: string, now: Date) {
  const found = await findOpenInvitation(tx, tokenSha256, now);
  return found !== undefined && (await isStillMeant(tx, found.invitation, now)) ? found : undefined;
}
