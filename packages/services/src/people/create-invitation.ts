import { LIMITS, type NewInvitation } from "@assay/core";
import { countInvitations, countOpenInvitations, insertInvitation } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { requireRoom } from "../registry/require-room.ts";
import type { VerbInput } from "../verb.ts";
import { newInvitationToken } from "./invitation-token.ts";
import { invitationView } from "./invitation-view.ts";

/** Makes an invitation, good once and for a week. The link is given to whoever invites, who passes it on. */
export async function createInvitation(
  context: Context,
  { email, role }: VerbInput<"createInvitation">,
): Promise<NewInvitation> {
  const { platform, tenant } = context;
  const { token, tokenSha256 } = newInvitationToken();
  const now = platform.now();
  const row = await tenant.write(async (tx) => {
    const open = { count: await countOpenInvitations(tx, now), max: LIMITS.openInvitationsPerTenantMax };
    requireRoom("open invitations", open);
    requireRoom("invitations", { count: await countInvitations(tx), max: LIMITS.invitationsPerTenantMax });
    const expiresAt = new Date(now.getTime() + LIMITS.invitationMs);
    const invitedBy = actorOf(context);
    const inserted = await insertInvitation(tx, { email, role, tokenSha256, invitedBy, expiresAt });
    await tx.audit({
      actor: invitedBy,
      action: "invitation.create",
      object: inserted.id,
      details: { email, role },
    });
    return inserted;
  });
  const link = `${platform.publicUrl() ?? ""}/invitations/${token}`;
  return { invitation: invitationView(row, now), token, link };
}
