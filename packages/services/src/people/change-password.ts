import { AppError } from "@assay/core";
import { deleteOtherSessions, insertPlatformAudit, setPasswordHash } from "@assay/store";
import type { PersonContext, Platform } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import type { LiveSession } from "./logins.ts";

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
  const passwordHash = await hashIfKnown(platform, session, { currentPassword, newPassword });
  await platform.store.writePlatform(async (tx) => {
    await setPasswordHash(tx, userId, passwordHash);
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
): Promise<string> {
  quotas.passwordChanges.check(id);
  const attempt = attempts.enter({ email, network: "", device: `session of ${id}` });
  const places = [{ name: `change ${id}`, max: 1 }];
  const work = async () =>
    (await logins.verifyPassword(id, currentPassword)) ? await logins.hashPassword(newPassword) : undefined;
  const hash = await turns.take({ lane: "change", places }, work).catch((error: unknown) => {
    attempt.withdrawn();
    throw error;
  });
  if (hash === undefined)
    throw new AppError("invalid_input", "The current password is wrong.", { param: "currentPassword" });
  attempt.succeeded();
  quotas.passwordChanges.spend(id);
  return hash;
}
