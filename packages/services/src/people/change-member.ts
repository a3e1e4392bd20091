import { AppError, notFound } from "@assay/core";
import { findMember, lockAdmins, type TenantTx } from "@assay/store";
import type { Context } from "../context.ts";

/**
 * The member that is about to lose or change their role.
 * @throws AppError `conflict` for the last admin, without whom nobody could be let in again.
 */
export async function findMemberThatMayGo(tx: TenantTx, userId: string) {
  const admins = await lockAdmins(tx);
  const member = await findMember(tx, userId);
  if (member === undefined) throw notFound("member");
  if (member.role === "admin" && admins.length === 1) {
    throw new AppError("conflict", "This is the last admin. Make somebody else an admin first.");
  }
  return member;
}

/** A change of role holds from now on in this process, also for the keys that the member made. */
export function forgetMember({ platform, tenant }: Context, userId: string): void {
  platform.people.sessions.forgetUser(userId);
  platform.keys.forgetTenant(tenant.tenantId);
}
