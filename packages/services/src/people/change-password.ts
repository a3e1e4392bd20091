import { AppError } from "@assay/core";
import { deleteOtherSessions, insertPlatformAudit, setPasswordHash } from "@assay/store";
import type { PersonContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/**
 * Changes the person's password and ends all their other sessions: whoever knew the old one is out. A session that a
 * tenant's identity provider opened cannot, or that provider would give out passwords for all other tenants.
 */
export async function changePassword(
  { platform, session }: PersonContext,
  { currentPassword, newPassword }: VerbInput<"changePassword">,
): Promise<undefined> {
  const { attempts, logins, sessions } = platform.people;
  const { id: userId, email } = session.user;
  if (session.viaTenantId !== null) {
    throw new AppError("scope_missing", "Log in with your password to change it.");
  }
  // A stolen session must not become a place to guess at the password.
  const place = `session of ${userId}`;
  attempts.enter(email, place);
  if (!(await logins.verifyPassword(userId, currentPassword))) {
    attempts.failed(email, place);
    throw new AppError("invalid_input", "The current password is wrong.", { param: "currentPassword" });
  }
  attempts.succeeded(email, place);
  const passwordHash = await logins.hashPassword(newPassword);
  await platform.store.writePlatform(async (tx) => {
    await setPasswordHash(tx, userId, passwordHash);
    await deleteOtherSessions(tx, session);
    await insertPlatformAudit(tx, { actor: `user:${userId}`, action: "password.change", object: userId });
  });
  sessions.forgetUser(userId);
}
