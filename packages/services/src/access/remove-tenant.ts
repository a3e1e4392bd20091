import { notFound } from "@assay/core";
import { deleteTenant, deleteUsersOf, insertPlatformAudit } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/** Removes a tenant's rows, then its files. Its keys stop working at once here, within five seconds elsewhere. */
export async function removeTenant(
  context: OperatorContext,
  { tenantId }: VerbInput<"removeTenant">,
): Promise<undefined> {
  const { store, files, keys, people } = context.platform;
  await store.writePlatform(async (tx) => {
    if (!(await deleteTenant(tx, tenantId))) throw notFound("tenant");
    await deleteUsersOf(tx, tenantId);
    const actor = `operator:${context.operatorId}`;
    await insertPlatformAudit(tx, { actor, action: "tenant.remove", object: tenantId });
  });
  keys.forgetTenant(tenantId);
  people.sessions.forgetTenant(tenantId);
  await files.removeOwner({ kind: "tenant", tenantId });
}
