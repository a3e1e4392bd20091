import { type NewKey, notFound } from "@assay/core";
import { findTenant } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { makeAdminKey } from "./tenant-admin-key.ts";

/** An admin key with what the tenant has, for one that lost its own. */
export async function createTenantKey(
  context: OperatorContext,
  { tenantId }: VerbInput<"createTenantKey">,
): Promise<NewKey> {
  const tenant = await context.platform.store.readPlatform((tx) => findTenant(tx, tenantId));
  if (tenant === undefined) throw notFound("tenant");
  return await makeAdminKey(context, tenantId, { name: "admin key made by the operator" });
}
