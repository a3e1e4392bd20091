import { notFound } from "@assay/core";
import { revokeKeyRow } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/** Revokes a key: at once in this process, within five seconds everywhere. Keys it made keep working. */
export async function revokeKey(context: Context, { keyId }: VerbInput<"revokeKey">): Promise<undefined> {
  await context.tenant.write(async (tx) => {
    const revoked = await revokeKeyRow(tx, keyId, context.platform.now());
    if (revoked === undefined) throw notFound("key");
    await tx.audit({ actor: actorOf(context), action: "key.revoke", object: keyId });
  });
  context.platform.keys.forget(keyId);
}
