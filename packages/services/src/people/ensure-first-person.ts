import { randomInt } from "node:crypto";
import type { Role } from "@assay/core";
import {
  deleteSessionsOf,
  findTenantBySlug,
  findUserByEmail,
  hasUsers,
  insertMembership,
  insertPlatformAudit,
  insertUser,
  lockUser,
  type PlatformTx,
  type Store,
  setOperator,
  setPasswordHash,
} from "@assay/store";
import type { Platform } from "../context.ts";
import type { Logins } from "./logins.ts";

/** A log-in that was made just now; the password is shown once. */
export interface NewLogin {
  email: string;
  password: string;
}

const FIRST_EMAIL = "admin@example.com";
const FIRST_NAME = "Admin";
const FIRST_ROLE: Role = "admin";
const PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const PASSWORD_GROUPS = 5;
const GROUP_LENGTH = 4;

/** 99 random bits, in letters that can be told apart and typed. */
function newPassword(): string {
  const letter = () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)];
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join("");
  return Array.from({ length: PASSWORD_GROUPS }, group).join("-");
}

/** Makes the first person, an operator and admin of the named tenants, where there is nobody yet. */
export async function ensureFirstPerson(
  { store, people }: Platform,
  tenantSlugs: readonly string[],
): Promise<NewLogin | undefined> {
  if (await store.readPlatform(hasUsers)) return undefined;
  const password = newPassword();
  const passwordHash = await people.logins.hashPassword(password);
  const isMade = await store.writePlatform(async (tx) => {
    if (await hasUsers(tx)) return false;
    const user = await insertOperator(tx, FIRST_EMAIL, FIRST_NAME);
    await setPasswordHash(tx, user.id, passwordHash);
    for (const slug of tenantSlugs) {
      const tenant = await findTenantBySlug(tx, slug);
      if (tenant === undefined) continue;
      await insertMembership(tx, {
        tenantId: tenant.id,
        userId: user.id,
        role: FIRST_ROLE,
        actor: "platform",
      });
    }
    return true;
  });
  return isMade ? { email: FIRST_EMAIL, password } : undefined;
}

async function insertOperator(tx: PlatformTx, email: string, name: string) {
  const user = await insertUser(tx, { email, name, emailVerified: true, isOperator: true });
  await insertPlatformAudit(tx, { actor: "platform", action: "operator.create", object: user.id });
  return user;
}

/**
 * Gives a person a new password and makes them an operator, for whoever holds the data directory anyway; makes the
 * person where there is none. Their sessions end.
 */
export async function resetOperatorLogin(
  { store, hashPassword }: { store: Store; hashPassword: Logins["hashPassword"] },
  email: string,
): Promise<NewLogin> {
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  await store.writePlatform(async (tx) => {
    const user = (await findUserByEmail(tx, email)) ?? (await insertOperator(tx, email, FIRST_NAME));
    await lockUser(tx, user.id);
    await setOperator(tx, user.id, true);
    await setPasswordHash(tx, user.id, passwordHash);
    await deleteSessionsOf(tx, user.id);
    await insertPlatformAudit(tx, { actor: "platform", action: "operator.reset", object: user.id });
  });
  return { email, password };
}
