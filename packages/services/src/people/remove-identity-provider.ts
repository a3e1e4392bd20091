import { notFound } from "@assay/core";
import { deleteIdentityProvider, deleteSessionsVia } from "@assay/store";
import { actorOf, type Context } from "../context.ts";

export async function removeIdentityProvider(context: Context): Promise<undefined> {
  const { platform, tenant } = context;
  await tenant.write(async (tx) => {
    if (!(await deleteIdentityProvider(tx))) throw notFound("identity provider");
    await tx.audit({ actor: actorOf(context), action: "identity_provider.remove", object: tenant.tenantId });
  });
  await platform.store.writePlatform((tx) => deleteSessionsVia(tx, tenant.tenantId));
  platform.people.sessions.forgetTenant(tenant.tenantId);
}
