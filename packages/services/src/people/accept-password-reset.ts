import { LIMITS } from "@assay/core";
import {
  deletePasswordReset,
  deleteSessionsOf,
  findUser,
  insertPlatformAudit,
  insertTenantAudit,
  listMembershipsOf,
  lockUser,
  setEmailUnverified,
  setPasswordHash,
} from "@assay/store";
import type { Platform } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { deviceCookie } from "./device-cookie.ts";
import { findGoodReset } from "./find-good-reset.ts";
import type { ClientFacts } from "./logins.ts";
import { networkOf } from "./network-of.ts";

/** Uses a reset up: sets the password, ends every session of the person, and knows this device from now on. */
export async function acceptPasswordReset(
  platform: Platform,
  { resetToken, password }: VerbInput<"acceptPasswordReset">,
  client: ClientFacts,
): Promise<{ setCookies: string[] }> {
  const { store, now, people } = platform;
  const network = networkOf(client.address);
  // Asked before any work is done for it, and again in the end.
  const { user } = await store.readPlatform((tx) =>
    findGoodReset(tx, { token: resetToken, now: now(), find: findUser }),
  );
  const places = [
    { name: `change ${user.id}`, max: 1 },
    { name: `invited ${network}`, max: LIMITS.passwordsPerNetworkMax },
  ];
  const hash = () => people.logins.hashPassword(password);
  const passwordHash = await people.turns.take({ lane: "change", places }, hash);
  await store.writePlatform(async (tx) => {
    const { reset } = await findGoodReset(tx, { token: resetToken, now: now(), find: lockUser });
    await deletePasswordReset(tx, user.id);
    await setPasswordHash(tx, user.id, passwordHash);
    // The admin held the link: nobody vouches any more that the account is its e-mail's owner's.
    if (reset.tenantId !== null) await setEmailUnverified(tx, user.id);
    await deleteSessionsOf(tx, user.id);
    const details = { madeBy: reset.madeBy };
    const actor = `user:${user.id}`;
    await insertPlatformAudit(tx, { actor, action: "password.reset", object: user.id, details });
    for (const { tenant } of await listMembershipsOf(tx, user.id))
      await insertTenantAudit(tx, tenant.id, {
        actor,
        action: "member.password_was_reset",
        object: user.id,
        details,
      });
  });
  people.sessions.forgetUser(user.id);
  return { setCookies: [deviceCookie(platform, { email: user.email, network })] };
}
