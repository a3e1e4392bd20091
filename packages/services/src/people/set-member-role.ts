import { holdsScope, type Member, notFound, ROLES } from "@assay/core";
import { findMember, updateMemberRole } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findMemberThatMayGo, forgetMember } from "./change-member.ts";
import { memberView } from "./member-view.ts";
import { revokeInvitationsOfMember } from "./revoke-invitations-of.ts";

export async function setMemberRole(
  context: Context,
  { userId, role }: VerbInput<"setMemberRole">,
): Promise<Member> {
  const row = await context.tenant.write(async (tx) => {
    const before = role === "admin" ? await findMember(tx, userId) : await findMemberThatMayGo(tx, userId);
    if (before === undefined) throw notFound("member");
    if (before.role === role) return before;
    const after = await updateMemberRole(tx, userId, role);
    if (after === undefined) throw notFound("member");
    const [actor, action] = [actorOf(context), "member.role"];
    await tx.audit({ actor, action, object: userId, details: { from: before.role, to: role } });
    if (!holdsScope(ROLES[role], "admin"))
      await revokeInvitationsOfMember(tx, userId, { actor, because: action, now: context.platform.now() });
    return after;
  });
  forgetMember(context, userId);
  return await memberView(context.platform, row);
}
