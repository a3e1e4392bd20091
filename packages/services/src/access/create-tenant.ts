import type { NewTenant } from "@assay/core";
import { insertPlatformAudit, insertTenant } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { makeAdminKey } from "./tenant-admin-key.ts";

/**
 * Creates a tenant, then its first admin key. They are two transactions, of the platform and of the tenant; after a
 * crash between them `createTenantKey` makes the key.
 */
export async function createTenant(
  context: OperatorContext,
  { slug, name, limits }: VerbInput<"createTenant">,
): Promise<NewTenant> {
  const row = await context.platform.store.writePlatform(async (tx) => {
    const inserted = await insertTenant(tx, { slug, name });
    const actor = `operator:${context.operatorId}`;
    await insertPlatformAudit(tx, {
      actor,
      action: "tenant.create",
      object: inserted.id,
      details: { slug },
    });
    return inserted;
  });
  const adminKey = await makeAdminKey(context, row.id, { name: "first admin key", limits });
  return { tenant: { ...row, createdAt: row.createdAt.toISOString() }, adminKey };
}
