import { deleteMember } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findMemberThatMayGo, forgetMember } from "./change-member.ts";

/** The person's account stays theirs, and so do their other tenants; the keys they made here stop working. */
export async function removeMember(
  context: Context,
  { userId }: VerbInput<"removeMember">,
): Promise<undefined> {
  await context.tenant.write(async (tx) => {
    const { role } = await findMemberThatMayGo(tx, userId);
    await deleteMember(tx, userId);
    await tx.audit({ actor: actorOf(context), action: "member.remove", object: userId, details: { role } });
  });
  forgetMember(context, userId);
}
