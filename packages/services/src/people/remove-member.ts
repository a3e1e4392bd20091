import { deleteMember } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findMemberThatMayGo, forgetMember } from "./change-member.ts";
import { revokeInvitationsOfMember } from "./revoke-invitations-of.ts";

/** The person's account stays theirs, and so do their other tenants; the keys they made here stop working, and so do their invitations. */
export async function removeMember(
  context: Context,
  { userId }: VerbInput<"removeMember">,
): Promise<undefined> {
  await context.tenant.write(async (tx) => {
    const { role } = await findMemberThatMayGo(tx, userId);
    await deleteMember(tx, userId);
    const [actor, action] = [actorOf(context), "member.remove"];
    await tx.audit({ actor, action, object: userId, details: { role } });
    await revokeInvitationsOfMember(tx, userId, { actor, because: action, now: context.platform.now() });
  });
  forgetMember(context, userId);
}
