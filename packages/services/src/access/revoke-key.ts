import { notFound } from "@assay/core";
import { revokeKeyRow } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { revokeMadeBy } from "../people/revoke-invitations-of.ts";
import type { VerbInput } from "../verb.ts";

/** Revokes a key: at once in this process, within five seconds everywhere. Keys it made keep working, its open invitations do not. */
export async function revokeKey(context: Context, { keyId }: VerbInput<"revokeKey">): Promise<undefined> {
  await context.tenant.write(async (tx) => {
    const revoked = await revokeKeyRow(tx, keyId, context.platform.now());
    if (revoked === undefined) throw notFound("key");
    const [actor, action, now] = [actorOf(context), "key.revoke", context.platform.now()];
    await tx.audit({ actor, action, object: keyId });
    await revokeMadeBy(tx, [`key:${keyId}`], { actor, because: action, now });
  });
  context.platform.keys.forget(keyId);
}
