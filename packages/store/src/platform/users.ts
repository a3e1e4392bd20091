import { AppError } from "@assay/core";
import { isUniqueViolation } from "../database-error.ts";
import { and, asc, eq, gt, inArray } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { PlatformTx } from "../platform-tx.ts";

/** The account of a person's password, as better-auth names it; its `accountId` is the user's id. */
const PASSWORD_PROVIDER = "credential";

export interface UserDraft {
  /** Given for whom a tenant's identity provider made. */
  homeTenantId?: string;
  email: string;
  name: string;
  emailVerified: boolean;
  isOperator: boolean;
}

export async function insertUser(tx: PlatformTx, draft: UserDraft) {
  const { db, tables } = tx.session;
  const now = new Date();
  const row = { id: newId("user"), homeTenantId: "", ...draft, image: null, createdAt: now, updatedAt: now };
  try {
    await db.insert(tables.users).values(row);
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new AppError("conflict", "There is an account with this e-mail already. Log in with it.");
    }
    throw error;
  }
  return row;
}

export async function findUser(tx: PlatformTx, id: string) {
  const { db, tables } = tx.session;
  const [row] = await db.select().from(tables.users).where(eq(tables.users.id, id)).limit(1);
  return row;
}

/** The same, held until the transaction ends; SQLite's one writer holds every row anyway. */
export async function lockUser(tx: PlatformTx, id: string) {
  const { db, tables, dialect } = tx.session;
  const query = db.select().from(tables.users).where(eq(tables.users.id, id)).limit(1).$dynamic();
  const locked =
    dialect === "postgres"
      ? (query as unknown as { for(strength: "update"): typeof query }).for("update")
      : query;
  const [row] = await locked;
  return row;
}

/** Nobody vouches any more for the e-mail of this person. */
export async function setEmailUnverified(tx: PlatformTx, userId: string): Promise<void> {
  const { db, tables } = tx.session;
  const changes = { emailVerified: false, updatedAt: new Date() };
  await db.update(tables.users).set(changes).where(eq(tables.users.id, userId));
}

/** Whoever logs in with this e-mail; or, with a tenant, whom its identity provider made under it. */
export async function findUserByEmail(tx: PlatformTx, email: string, homeTenantId = "") {
  const { db, tables } = tx.session;
  const { users } = tables;
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.email, email), eq(users.homeTenantId, homeTenantId)))
    .limit(1);
  return row;
}

/** Names and e-mails of people by their ids; at most a page of them is asked for. */
export async function listUsersByIds(tx: PlatformTx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { db, tables } = tx.session;
  return await db
    .select()
    .from(tables.users)
    .where(inArray(tables.users.id, [...ids]));
}

export async function hasUsers(tx: PlatformTx): Promise<boolean> {
  const { db, tables } = tx.session;
  const [row] = await db.select({ id: tables.users.id }).from(tables.users).limit(1);
  return row !== undefined;
}

/** Operators by id, after `after`. */
export async function listOperatorRows(tx: PlatformTx, page: { after?: string; limit: number }) {
  const { db, tables } = tx.session;
  const { users } = tables;
  return await db
    .select()
    .from(users)
    .where(and(eq(users.isOperator, true), page.after === undefined ? undefined : gt(users.id, page.after)))
    .orderBy(asc(users.id))
    .limit(page.limit);
}

/** Makes somebody an operator, or no longer one; answers whether that changed anything. */
export async function setOperator(tx: PlatformTx, userId: string, isOperator: boolean): Promise<boolean> {
  const { db, tables } = tx.session;
  const { users } = tables;
  const changed = await db
    .update(users)
    .set({ isOperator, updatedAt: new Date() })
    .where(and(eq(users.id, userId), eq(users.isOperator, !isOperator)))
    .returning({ id: users.id });
  return changed.length > 0;
}

/**
 * Holds the person until the transaction ends, and answers whether their password is still the one that was proven:
 * proving it takes long enough for another to be set meanwhile.
 */
export async function lockPassword(
  tx: PlatformTx,
  { userId, passwordHash }: { userId: string; passwordHash: string },
): Promise<boolean> {
  await lockUser(tx, userId);
  const { db, tables } = tx.session;
  const { accounts } = tables;
  const isTheirs = and(
    eq(accounts.userId, userId),
    eq(accounts.providerId, PASSWORD_PROVIDER),
    eq(accounts.password, passwordHash),
  );
  return (await db.$count(accounts, isTheirs)) > 0;
}

/** Sets a person's password, whether or not there was one. */
export async function setPasswordHash(tx: PlatformTx, userId: string, passwordHash: string): Promise<void> {
  const { db, tables } = tx.session;
  const { accounts } = tables;
  const now = new Date();
  const updated = await db
    .update(accounts)
    .set({ password: passwordHash, updatedAt: now })
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, PASSWORD_PROVIDER)))
    .returning({ id: accounts.id });
  if (updated.length > 0) return;
  await db.insert(accounts).values({
    id: newId("account"),
    userId,
    providerId: PASSWORD_PROVIDER,
    accountId: userId,
    password: passwordHash,
    createdAt: now,
    updatedAt: now,
  });
}
