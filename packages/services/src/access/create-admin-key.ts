import { revokeKeyRow } from "@assay/store";
import type { Platform } from "../context.ts";
import { makeAdminKey } from "./tenant-admin-key.ts";

/** An admin key for this process alone; `revoke` when done. Whoever can call this holds the data directory anyway. */
export async function createAdminKey(
  platform: Platform,
  tenantId: string,
  name: string,
): Promise<{ token: string; revoke(): Promise<void> }> {
  const { key, secret } = await makeAdminKey(
    { platform, operatorId: "local", requestId: "local" },
    tenantId,
    { name },
  );
  return {
    token: secret,
    revoke: async () => {
      await platform.store.forTenant(tenantId).write(async (tx) => {
        await revokeKeyRow(tx, key.id, platform.now());
        await tx.audit({ actor: "operator:local", action: "key.revoke", object: key.id });
      });
    },
  };
}
