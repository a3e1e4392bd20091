import { type InvitationDraft, LIMITS, type NewInvitation } from "@assay/core";
import { countInvitations, countOpenInvitations, insertInvitation } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { requireRoom } from "../registry/require-room.ts";
import type { VerbInput } from "../verb.ts";
import { newInvitationToken } from "./invitation-token.ts";
import { invitationView } from "./invitation-view.ts";

/** Makes an invitation, good once and for a week. The link is given to whoever invites, who passes it on. */
export async function createInvitation(
  context: Context,
  draft: VerbInput<"createInvitation">,
): Promise<NewInvitation> {
  return await makeInvitation(context, { ...draft, invitedBy: actorOf(context) });
}

/** The same for whoever may invite into a tenant. */
export async function makeInvitation(
  { platform, tenant }: Pick<Context, "platform" | "tenant">,
  { email, role, invitedBy }: InvitationDraft & { invitedBy: string },
): Promise<NewInvitation> {
  const { token, tokenSha256 } = newInvitationToken();
  const now = platform.now();
  const row = await tenant.write(async (tx) => {
    const open = { count: await countOpenInvitations(tx, now), max: LIMITS.openInvitationsPerTenantMax };
    requireRoom("open invitations", open);
    requireRoom("invitations", { count: await countInvitations(tx), max: LIMITS.invitationsPerTenantMax });
    const expiresAt = new Date(now.getTime() + LIMITS.invitationMs);
    const inserted = await insertInvitation(tx, { email, role, tokenSha256, invitedBy, expiresAt });
    const details = { email, role };
    await tx.audit({ actor: invitedBy, action: "invitation.create", object: inserted.id, details });
    return inserted;
  });
  const link = `${platform.publicUrl() ?? ""}/invitations/${token}`;
  return { invitation: invitationView(row, now), token, link };
}
