import { AppError, LIMITS, notFound } from "@assay/core";
import {
  countMembershipsOf,
  countMembersOf,
  findMembership,
  findUserByEmail,
  hasSession,
  insertMembership,
  insertPlatformAudit,
  insertUser,
  isSsoEnforced,
  type PlatformTx,
  setPasswordHash,
  useInvitation,
} from "@assay/store";
import type { Platform } from "../context.ts";
import { requireRoom } from "../registry/require-room.ts";
import type { VerbInput } from "../verb.ts";
import { deviceCookie } from "./device-cookie.ts";
import { findGoodInvitation, isStillMeant } from "./find-good-invitation.ts";
import { invitationTokenSha256 } from "./invitation-token.ts";
import type { SessionAnswer } from "./login.ts";
import type { ClientFacts, LiveSession } from "./logins.ts";
import { networkOf } from "./network-of.ts";
import { sessionView } from "./session-view.ts";

type Found = NonNullable<Awaited<ReturnType<typeof findGoodInvitation>>>;

/** Who accepts: somebody who is logged in, or a stranger. */
interface Acceptor {
  session: LiveSession | undefined;
  client: ClientFacts;
}

/**
 * Uses an invitation up and makes its reader a member: the person who is logged in, if the invitation is for their
 * e-mail; a new person with name and password, where there is no account with that e-mail. The answer carries no cookies
 * where the session stays the one it was.
 */
export async function acceptInvitation(
  platform: Platform,
  input: VerbInput<"acceptInvitation">,
  { session, client }: Acceptor,
): Promise<SessionAnswer> {
  const found = await findOffer(platform, input.token);
  if (session !== undefined) {
    requireSameEmail(session, found);
    await platform.store.writePlatform(async (tx) => {
      await join(platform, tx, { found, userId: session.user.id });
      // Or somebody whose password was just reset would bring another tenant along.
      if (!(await hasSession(tx, session.id))) throw new AppError("unauthenticated", "Log in again.");
    });
    platform.people.sessions.forgetUser(session.user.id);
    return { view: await sessionView(platform, session), setCookies: [] };
  }
  const network = networkOf(client.address);
  const userId = await joinAsNewPerson(platform, found, { ...input, network });
  const opened = await platform.people.logins.openSession({ userId, viaTenantId: null }, client);
  const device = deviceCookie(platform, { email: found.invitation.email, network });
  return { view: await sessionView(platform, opened.session), setCookies: [opened.setCookie, device] };
}

async function findOffer({ store, now }: Platform, token: string): Promise<Found> {
  return await store.readPlatform(async (tx) => {
    const found = await findGoodInvitation(tx, invitationTokenSha256(token), now());
    if (found === undefined) throw notFound("invitation");
    if (await isSsoEnforced(tx, found.tenant.id)) {
      throw new AppError("sso_required", "This tenant lets people in by its identity provider alone.", {
        tenant: found.tenant.slug,
      });
    }
    return found;
  });
}

function requireSameEmail({ user, viaTenantId }: LiveSession, { invitation }: Found): void {
  if (user.email !== invitation.email) {
    const message = `This invitation is for ${invitation.email}, and you are logged in as ${user.email}.`;
    throw new AppError("conflict", message);
  }
  if (viaTenantId !== null) {
    throw new AppError("scope_missing", "Log in with your password to join another tenant.");
  }
}

async function joinAsNewPerson(
  platform: Platform,
  found: Found,
  { name, password, network }: VerbInput<"acceptInvitation"> & { network: string },
): Promise<string> {
  const { email } = found.invitation;
  const known = await platform.store.readPlatform((tx) => findUserByEmail(tx, email));
  if (known !== undefined) {
    throw new AppError("conflict", `There is an account for ${email} already. Log in with it, then accept.`);
  }
  if (name === undefined || password === undefined) {
    throw new AppError("invalid_input", "Give a name and a password for your account.", {
      param: "password",
    });
  }
  const passwordHash = await hashOnce(platform, { id: found.invitation.id, password, network });
  return await platform.store.writePlatform(async (tx) => {
    // Whoever makes an invitation holds its link: only an operator's says that the e-mail is this person's.
    const emailVerified = found.invitation.invitedBy.startsWith("operator:");
    const user = await insertUser(tx, { email, name, emailVerified, isOperator: false });
    await setPasswordHash(tx, user.id, passwordHash);
    await insertPlatformAudit(tx, { actor: `user:${user.id}`, action: "user.create", object: user.id });
    await join(platform, tx, { found, userId: user.id });
    return user.id;
  });
}

async function hashOnce(
  { people: { logins, turns, quotas } }: Platform,
  { id, password, network }: { id: string; password: string; network: string },
): Promise<string> {
  quotas.acceptances.check(network);
  const places = [
    { name: `invitation ${id}`, max: 1 },
    { name: `invited ${network}`, max: LIMITS.passwordsPerNetworkMax },
  ];
  const passwordHash = await turns.take({ lane: "change", places }, () => logins.hashPassword(password));
  quotas.acceptances.spend(network);
  return passwordHash;
}

async function join(
  { now }: Platform,
  tx: PlatformTx,
  { found: { tenant, invitation }, userId }: { found: Found; userId: string },
): Promise<void> {
  if ((await findMembership(tx, userId, tenant.slug)) !== undefined) {
    throw new AppError("conflict", `You are a member of "${tenant.slug}" already.`);
  }
  requireRoom("members", { count: await countMembersOf(tx, tenant.id), max: LIMITS.membersPerTenantMax });
  requireRoom("tenants of this person", {
    count: await countMembershipsOf(tx, userId),
    max: LIMITS.membershipsPerUserMax,
  });
  const at = now();
  const isUsed = await useInvitation(tx, invitation, { userId, at });
  // Asked again: hashing a password leaves time for its maker to be removed.
  if (!isUsed || !(await isStillMeant(tx, invitation, at))) throw notFound("invitation");
  await insertMembership(tx, {
    tenantId: tenant.id,
    userId,
    role: invitation.role,
    actor: `user:${userId}`,
  });
}
