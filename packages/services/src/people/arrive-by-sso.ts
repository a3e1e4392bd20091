import { AppError, LIMITS, type Role } from "@assay/core";
import {
  countMembersOf,
  findMembership,
  findSsoUser,
  findUserByEmail,
  type IdentityProviderRow,
  insertMembership,
  insertPlatformAudit,
  insertUser,
  linkSsoAccount,
  listOpenInvitationsOf,
  type PlatformTx,
  type TenantRow,
  useInvitation,
} from "@assay/store";
import { requireRoom } from "../registry/require-room.ts";
import { isStillMeant } from "./find-good-invitation.ts";
import type { OidcClaims } from "./oidc.ts";

interface Arrival {
  tenant: TenantRow;
  provider: IdentityProviderRow;
  claims: OidcClaims;
  now: Date;
}

/**
 * Who somebody is whom a tenant's identity provider vouches for. It can speak of its own tenant's people alone: of
 * members, of whom it vouched for before, and of people made here, who belong to the tenant. An account with the same
 * e-mail that is no member is somebody else, whatever the provider claims.
 * @throws AppError `sso_failed` for whom nobody invited.
 */
export async function arriveBySso(tx: PlatformTx, arrival: Arrival): Promise<string> {
  const { tenant, provider, claims } = arrival;
  const account = { providerId: `sso:${tenant.id}:${provider.issuer}`, accountId: claims.subject };
  const known = await findSsoUser(tx, account);
  const user = known ?? (await findByVerifiedEmail(tx, arrival));
  if (user !== undefined && (await findMembership(tx, user.id, tenant.slug)) !== undefined) {
    if (known === undefined) await linkSsoAccount(tx, user.id, account);
    return user.id;
  }
  const entry = await entryOf(tx, arrival, user !== undefined);
  const userId = user?.id ?? (await makePerson(tx, arrival, entry.email));
  if (known === undefined) await linkSsoAccount(tx, userId, account);
  await enter(tx, { arrival, userId, role: entry.role });
  if (entry.invitation !== undefined) await useInvitation(tx, entry.invitation, { userId, at: arrival.now });
  return userId;
}

/** A member with the e-mail, or somebody whom this tenant's provider made under it. */
async function findByVerifiedEmail(tx: PlatformTx, { tenant, claims }: Arrival) {
  if (claims.email === null || !claims.isEmailVerified) return undefined;
  const own = await findUserByEmail(tx, claims.email);
  if (own !== undefined && (await findMembership(tx, own.id, tenant.slug)) !== undefined) return own;
  return await findUserByEmail(tx, claims.email, tenant.id);
}

/** What lets somebody in who is no member: an invitation, or else the domain. Who was removed must be invited anew. */
async function entryOf(tx: PlatformTx, { tenant, provider, claims, now }: Arrival, wasHere: boolean) {
  const { email, isEmailVerified } = claims;
  if (email === null || !isEmailVerified) {
    throw new AppError("sso_failed", "The identity provider does not vouch for your e-mail address.");
  }
  for (const invitation of await listOpenInvitationsOf(tx, { tenantId: tenant.id, email, now }))
    if (await isStillMeant(tx, invitation, now)) return { email, role: invitation.role, invitation };
  const isOfDomain = provider.domains.includes(email.slice(email.lastIndexOf("@") + 1));
  if (provider.defaultRole === null || !isOfDomain || wasHere) {
    throw new AppError(
      "sso_failed",
      "You are no member of this tenant. Ask one of its admins for an invitation.",
    );
  }
  return { email, role: provider.defaultRole, invitation: undefined };
}

async function makePerson(tx: PlatformTx, { tenant, claims }: Arrival, email: string): Promise<string> {
  const name = claims.name ?? email;
  const user = await insertUser(tx, {
    email,
    name: name.slice(0, LIMITS.nameLengthMax),
    emailVerified: true,
    isOperator: false,
    homeTenantId: tenant.id,
  });
  await insertPlatformAudit(tx, { actor: `user:${user.id}`, action: "user.create", object: user.id });
  return user.id;
}

async function enter(
  tx: PlatformTx,
  { arrival: { tenant }, userId, role }: { arrival: Arrival; userId: string; role: Role },
): Promise<void> {
  requireRoom("members", { count: await countMembersOf(tx, tenant.id), max: LIMITS.membersPerTenantMax });
  await insertMembership(tx, { tenantId: tenant.id, userId, role, actor: `user:${userId}` });
}
