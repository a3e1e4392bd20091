import { type InvitationOffer, notFound } from "@assay/core";
import { findUserByEmail } from "@assay/store";
import type { Platform } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findGoodInvitation } from "./find-good-invitation.ts";
import { invitationTokenSha256 } from "./invitation-token.ts";

export async function getInvitation(
  { store, now }: Platform,
  { token }: VerbInput<"getInvitation">,
): Promise<InvitationOffer> {
  return await store.readPlatform(async (tx) => {
    const found = await findGoodInvitation(tx, invitationTokenSha256(token), now());
    if (found === undefined) throw notFound("invitation");
    const { tenant, invitation } = found;
    return {
      tenant: { slug: tenant.slug, name: tenant.name },
      email: invitation.email,
      role: invitation.role,
      expiresAt: invitation.expiresAt.toISOString(),
      hasAccount: (await findUserByEmail(tx, invitation.email)) !== undefined,
    };
  });
}
