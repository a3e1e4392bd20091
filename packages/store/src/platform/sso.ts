import { LIMITS } from "@assay/core";
import { and, desc, eq, gt, isNull, lte } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { PlatformTx } from "../platform-tx.ts";

/** A tenant's identity provider by the tenant's slug, for somebody who is nobody yet. */
export async function findIdentityProviderOf(tx: PlatformTx, by: { slug: string } | { tenantId: string }) {
  const { db, tables } = tx.session;
  const { tenants, identityProviders } = tables;
  const [row] = await db
    .select({ tenant: tenants, provider: identityProviders })
    .from(identityProviders)
    .innerJoin(tenants, eq(tenants.id, identityProviders.tenantId))
    .where("slug" in by ? eq(tenants.slug, by.slug) : eq(tenants.id, by.tenantId))
    .limit(1);
  return row;
}

/** Remembers that an answer was used; false where it was before. Forgets what nobody could use any more. */
export async function useSsoAnswer(
  tx: PlatformTx,
  { identifier, expiresAt, now }: { identifier: string; expiresAt: Date; now: Date },
): Promise<boolean> {
  const { db, tables } = tx.session;
  const { verifications } = tables;
  await db.delete(verifications).where(lte(verifications.expiresAt, now));
  const row = { id: newId("verification"), identifier, value: "used", expiresAt };
  const inserted = await db
    .insert(verifications)
    .values({ ...row, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: verifications.id });
  return inserted.length > 0;
}

export interface SsoAccount {
  /** Names tenant and issuer, so that no provider can speak of another's subjects. */
  providerId: string;
  accountId: string;
}

/** The person that a provider's subject was linked to. */
export async function findSsoUser(tx: PlatformTx, { providerId, accountId }: SsoAccount) {
  const { db, tables } = tx.session;
  const { accounts, users } = tables;
  const [row] = await db
    .select({ user: users })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(and(eq(accounts.providerId, providerId), eq(accounts.accountId, accountId)))
    .limit(1);
  return row?.user;
}

export async function linkSsoAccount(tx: PlatformTx, userId: string, account: SsoAccount): Promise<void> {
  const { db, tables } = tx.session;
  const now = new Date();
  const row = { id: newId("account"), userId, ...account, createdAt: now, updatedAt: now };
  await db.insert(tables.accounts).values(row);
}

/** A person's open invitations into a tenant, by their e-mail, newest first. */
export async function listOpenInvitationsOf(
  tx: PlatformTx,
  { tenantId, email, now }: { tenantId: string; email: string; now: Date },
) {
  const { db, tables } = tx.session;
  const { invitations } = tables;
  return await db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.tenantId, tenantId),
        eq(invitations.email, email),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .orderBy(desc(invitations.id))
    .limit(LIMITS.openInvitationsPerTenantMax);
}

/** Ends every session that a tenant's identity provider opened. */
export async function deleteSessionsVia(tx: PlatformTx, tenantId: string): Promise<void> {
  const { db, tables } = tx.session;
  await db.delete(tables.sessions).where(eq(tables.sessions.viaTenantId, tenantId));
}

/** Removes the people whom a tenant's identity provider made, with their sessions. */
export async function deleteUsersOf(tx: PlatformTx, tenantId: string): Promise<void> {
  const { db, tables } = tx.session;
  await db.delete(tables.users).where(eq(tables.users.homeTenantId, tenantId));
}
