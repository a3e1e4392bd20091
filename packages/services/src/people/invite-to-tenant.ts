import { type NewInvitation, notFound } from "@assay/core";
import { findTenant } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { makeInvitation } from "./create-invitation.ts";

/** The tenant's own audit says that the operator did it. */
export async function inviteToTenant(
  { platform, operatorId, requestId }: OperatorContext,
  { tenantId, email }: VerbInput<"inviteToTenant">,
): Promise<NewInvitation> {
  const tenant = await platform.store.readPlatform((tx) => findTenant(tx, tenantId));
  if (tenant === undefined) throw notFound("tenant");
  return await makeInvitation(
    { platform, tenant: platform.store.forTenant(tenant.id, requestId) },
    { email, role: "admin", invitedBy: `operator:${operatorId}` },
  );
}
