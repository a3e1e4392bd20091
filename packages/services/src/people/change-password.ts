import { AppError } from "@assay/core";
import { deleteOtherSessions, insertPlatformAudit, lockPassword, setPasswordHash } from "@assay/store";
import type { PersonContext, Platform } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import type { LiveSession, ProvenPassword } from "./logins.ts";

/**
 * Changes the person's password and ends all their other sessions: whoever knew the old one is out. A session that a
 * tenant's identity provider opened cannot, or that provider would give out passwords for all other tenants.
 */
export async function changePassword(
  { platform, session }: PersonContext,
  { currentPassword, newPassword }: VerbInput<"changePassword">,
): Promise<undefined> {
  const { sessions } = platform.people;
  const userId = session.user.id;
  if (session.viaTenantId !== null) {
    throw new AppError("scope_missing", "Log in with your password to change it.");
  }
  const { proven, newHash } = await hashIfKnown(platform, session, { currentPassword, newPassword });
  await platform.store.writePlatform(async (tx) => {
    // Or of two changes at once the one by whoever knew the old password could win.
    if (!(await lockPassword(tx, proven))) throw wrongPassword();
    await setPasswordHash(tx, userId, newHash);
    await deleteOtherSessions(tx, session);
    await insertPlatformAudit(tx, { actor: `user:${userId}`, action: "password.change", object: userId });
  });
  sessions.forgetUser(userId);
}

/** A stolen session must not become a place to guess at the password, nor any session one to keep the machine busy. */
async function hashIfKnown(
  { people: { attempts, logins, turns, quotas } }: Platform,
  { user: { id, email } }: LiveSession,
  { currentPassword, newPassword }: VerbInput<"changePassword">,
): Promise<{ proven: ProvenPassword; newHash: string }> {
  quotas.passwordChanges.check(id);
  const attempt = attempts.enter({ email, network: "", device: `session of ${id}` });
  const places = [{ name: `change ${id}`, max: 1 }];
  const work = async () => {
    const proven = await logins.provePassword({ userId: id }, currentPassword);
    return proven && { proven, newHash: await logins.hashPassword(newPassword) };
  };
  const hashed = await turns.take({ lane: "change", places }, work).catch((error: unknown) => {
    attempt.withdrawn();
    throw error;
  });
  if (hashed === undefined) throw wrongPassword();
  attempt.succeeded();
  quotas.passwordChanges.spend(id);
  return hashed;
}

function wrongPassword(): AppError {
  return new AppError("invalid_input", "The current password is wrong.", { param: "currentPassword" });
}
