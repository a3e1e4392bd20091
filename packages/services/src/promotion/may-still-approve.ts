import { holdsScope, ROLES } from "@assay/core";
import { findKey, findMember, type TenantTx } from "@assay/store";

/**
 * Could whoever gave an approval still give one? Not with a key that was revoked or has expired, not who is no member
 * any more, and neither of them without the scope `promote`. A person's key is worth what the person is.
 * @param actor as an audit entry names it: `key:<id>` or `user:<id>`.
 */
export async function mayStillApprove(tx: TenantTx, actor: string, now: Date): Promise<boolean> {
  const [kind, id = ""] = actor.split(":", 2);
  if (kind === "user") return await isPromoter(tx, id);
  const key = kind === "key" ? await findKey(tx, id) : undefined;
  if (key === undefined || key.revokedAt !== null) return false;
  if (key.expiresAt !== null && key.expiresAt <= now) return false;
  if (!holdsScope(key.scopes, "promote")) return false;
  return key.createdByUserId === null || (await isPromoter(tx, key.createdByUserId));
}

async function isPromoter(tx: TenantTx, userId: string): Promise<boolean> {
  const member = await findMember(tx, userId);
  return member !== undefined && holdsScope(ROLES[member.role], "promote");
}
