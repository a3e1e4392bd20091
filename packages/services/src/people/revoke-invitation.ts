import { notFound } from "@assay/core";
import { revokeInvitationRow } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";

export async function revokeInvitation(
  context: Context,
  { invitationId }: VerbInput<"revokeInvitation">,
): Promise<undefined> {
  await context.tenant.write(async (tx) => {
    const row = await revokeInvitationRow(tx, invitationId, context.platform.now());
    if (row === undefined) throw notFound("open invitation");
    await tx.audit({ actor: actorOf(context), action: "invitation.revoke", object: invitationId });
  });
}
