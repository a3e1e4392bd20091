import { timingSafeEqual } from "node:crypto";
import {
  holdsScope,
  type KeyLimits,
  LIMITS,
  ROLES,
  type Role,
  SCOPES,
  type Scope,
  type Tenant,
} from "@assay/core";
import { findCredential, findOperatorCredential, type Store } from "@assay/store";
import { LRUCache } from "lru-cache";
import type { LiveSession } from "../people/logins.ts";
import { type KeyToken, parseKeyToken } from "./key-token.ts";

export type Principal =
  | {
      audience: "tenant";
      tenant: Tenant;
      /** One of the two is null. */
      keyId: string | null;
      userId: string | null;
      scopes: readonly Scope[];
      prompts: readonly string[] | null;
      labels: readonly string[] | null;
      limits: KeyLimits;
      expiresAt: Date | null;
    }
  | { audience: "operator"; keyId: string | null; userId: string | null }
  | { audience: "person"; session: LiveSession };

/** Turns the text behind `Bearer` into a principal; undefined for every token that is not a live key. */
export interface KeyAuthenticator {
  authenticate(token: string): Promise<Principal | undefined>;
  /** Forgets a key at once in this process; others forget it within LIMITS.keyCacheMs. */
  forget(keyId: string): void;
  forgetTenant(tenantId: string): void;
}

type Lookup = { principal: Principal | undefined };

/** Known keys cost no database read; unknown ones are remembered too, so that guessing does not reach the database twice. */
export function openKeyAuthenticator(store: Store, now: () => Date): KeyAuthenticator {
  const cache = new LRUCache<string, Lookup>({ max: LIMITS.keyCacheEntriesMax, ttl: LIMITS.keyCacheMs });

  const forgetWhere = (isGone: (principal: Principal) => boolean): void => {
    for (const [cacheKey, { principal }] of cache.entries()) {
      if (principal !== undefined && isGone(principal)) cache.delete(cacheKey);
    }
  };

  return {
    async authenticate(token) {
      const parsed = parseKeyToken(token);
      if (parsed === undefined) return undefined;
      const cacheKey = `${parsed.audience}:${parsed.secretSha256}`;
      let found = cache.get(cacheKey);
      if (found === undefined) {
        found = { principal: await lookUp(store, parsed) };
        cache.set(cacheKey, found);
      }
      const { principal } = found;
      const isExpired =
        principal?.audience === "tenant" && principal.expiresAt !== null && principal.expiresAt <= now();
      return isExpired ? undefined : principal;
    },
    forget: (keyId) =>
      forgetWhere((principal) => principal.audience !== "person" && principal.keyId === keyId),
    forgetTenant: (tenantId) =>
      forgetWhere((principal) => principal.audience === "tenant" && principal.tenant.id === tenantId),
  };
}

function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, "hex"), Buffer.from(b, "hex"));
}

async function lookUp(store: Store, token: KeyToken): Promise<Principal | undefined> {
  if (token.audience === "operator") {
    const row = await store.readPlatform((tx) => findOperatorCredential(tx, token.publicId));
    if (row === undefined || row.revokedAt !== null || !sameHash(row.secretSha256, token.secretSha256))
      return undefined;
    return { audience: "operator", keyId: row.id, userId: null };
  }
  const row = await store.readPlatform((tx) => findCredential(tx, token.publicId));
  if (row === undefined || row.key.revokedAt !== null) return undefined;
  if (!sameHash(row.key.secretSha256, token.secretSha256)) return undefined;
  const { id, prompts, labels, limits, expiresAt, createdByUserId } = row.key;
  // Whoever made it is no member any more: the key has nobody left to speak for.
  if (createdByUserId !== null && row.makerRole === null) return undefined;
  const scopes = row.makerRole === null ? row.key.scopes : scopesWithin(row.key.scopes, row.makerRole);
  const tenant = { ...row.tenant, createdAt: row.tenant.createdAt.toISOString() };
  return { audience: "tenant", tenant, keyId: id, userId: null, scopes, prompts, labels, limits, expiresAt };
}

/** What a key may do that its maker may do too. */
function scopesWithin(held: readonly Scope[], role: Role): Scope[] {
  return SCOPES.filter((scope) => holdsScope(held, scope) && holdsScope(ROLES[role], scope));
}
