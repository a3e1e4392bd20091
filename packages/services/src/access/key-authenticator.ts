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
import { findCredential, findOperatorCredential, noteKeyUse, type Store } from "@assay/store";
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

/** `lastUsedAt` is what the tenant's key says of itself; null for one that never came yet. */
type Lookup = { principal: Principal | undefined; lastUsedAt?: Date | null };

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
        found = await lookUp(store, parsed);
        cache.set(cacheKey, found);
      }
      const { principal } = found;
      if (principal?.audience !== "tenant") return principal;
      if (principal.expiresAt !== null && principal.expiresAt <= now()) return undefined;
      noteUse(store, { found, principal, usedAt: now() });
      return principal;
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

/** Writes down now and then that a key is in use. Nobody waits for it, and what it cannot write refuses nobody. */
function noteUse(
  store: Store,
  at: { found: Lookup; principal: Extract<Principal, { audience: "tenant" }>; usedAt: Date },
): void {
  const { found, principal, usedAt } = at;
  const { keyId: id, tenant } = principal;
  const isRecent = found.lastUsedAt && usedAt.getTime() - found.lastUsedAt.getTime() < LIMITS.keyUseNoteMs;
  if (id === null || isRecent) return;
  found.lastUsedAt = usedAt;
  store.writePlatform((tx) => noteKeyUse(tx, { tenantId: tenant.id, id, usedAt })).catch(() => undefined);
}

const UNKNOWN: Lookup = { principal: undefined };

async function lookUp(store: Store, token: KeyToken): Promise<Lookup> {
  if (token.audience === "operator") {
    const row = await store.readPlatform((tx) => findOperatorCredential(tx, token.publicId));
    if (row === undefined || row.revokedAt !== null || !sameHash(row.secretSha256, token.secretSha256))
      return UNKNOWN;
    return { principal: { audience: "operator", keyId: row.id, userId: null } };
  }
  const row = await store.readPlatform((tx) => findCredential(tx, token.publicId));
  if (row === undefined || row.key.revokedAt !== null) return UNKNOWN;
  if (!sameHash(row.key.secretSha256, token.secretSha256)) return UNKNOWN;
  const { id, prompts, labels, limits, expiresAt, createdByUserId, lastUsedAt } = row.key;
  // Whoever made it is no member any more: the key has nobody left to speak for.
  if (createdByUserId !== null && row.makerRole === null) return UNKNOWN;
  const scopes = row.makerRole === null ? row.key.scopes : scopesWithin(row.key.scopes, row.makerRole);
  const tenant = { ...row.tenant, createdAt: row.tenant.createdAt.toISOString() };
  const holder = { keyId: id, userId: null, scopes, prompts, labels, limits, expiresAt };
  return { principal: { audience: "tenant", tenant, ...holder }, lastUsedAt };
}

/** What a key may do that its maker may do too. */
function scopesWithin(held: readonly Scope[], role: Role): Scope[] {
  return SCOPES.filter((scope) => holdsScope(held, scope) && holdsScope(ROLES[role], scope));
}
