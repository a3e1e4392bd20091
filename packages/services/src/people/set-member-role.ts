import { type Member, notFound } from "@assay/core";
import { findMember, updateMemberRole } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findMemberThatMayGo, forgetMember } from "./change-member.ts";
import { memberView } from "./member-view.ts";

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
    await tx.audit({
      actor: actorOf(context),
      action: "member.role",
      object: userId,
      details: { from: before.role, to: role },
    });
    return after;
  });
  forgetMember(context, userId);
  return await memberView(context.platform, row);
}
