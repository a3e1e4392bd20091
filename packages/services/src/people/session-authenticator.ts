import { createHash } from "node:crypto";
import { LIMITS } from "@assay/core";
import { findMembership, type MembershipRow, type Store } from "@assay/store";
import { LRUCache } from "lru-cache";
import type { LiveSession, Logins } from "./logins.ts";

/** Turns a request's cookies into a session, and a session and a slug into a membership. */
export interface SessionAuthenticator {
  authenticate(cookieHeader: string): Promise<LiveSession | undefined>;
  /** Undefined where the person is no member as where there is no such tenant. */
  findMembership(userId: string, slug: string): Promise<MembershipRow | undefined>;
  /** Each forgets at once in this process; others forget within LIMITS.keyCacheMs. */
  forgetUser(userId: string): void;
  forgetTenant(tenantId: string): void;
}

interface SessionParts {
  store: Store;
  logins: Logins;
  now: () => Date;
}

/** What was found is kept for as long as a key would be, and under a hash: a cache is no place for cookies. */
export function openSessionAuthenticator({ store, logins, now }: SessionParts): SessionAuthenticator {
  const bounds = { max: LIMITS.sessionCacheEntriesMax, ttl: LIMITS.keyCacheMs };
  const sessions = new LRUCache<string, { session: LiveSession | undefined }>(bounds);
  const memberships = new LRUCache<string, { userId: string; row: MembershipRow | undefined }>(bounds);

  return {
    authenticate: async (cookieHeader) => {
      if (!logins.carriesSession(cookieHeader)) return undefined;
      const place = createHash("sha256").update(cookieHeader).digest("base64");
      let found = sessions.get(place);
      if (found === undefined) {
        found = { session: await logins.findSession(cookieHeader) };
        sessions.set(place, found);
      }
      const { session } = found;
      return session !== undefined && session.expiresAt > now() ? session : undefined;
    },
    findMembership: async (userId, slug) => {
      const place = `${userId}/${slug}`;
      let found = memberships.get(place);
      if (found === undefined) {
        found = { userId, row: await store.readPlatform((tx) => findMembership(tx, userId, slug)) };
        memberships.set(place, found);
      }
      return found.row;
    },
    forgetUser: (userId) => {
      for (const [place, { session }] of sessions.entries())
        if (session?.user.id === userId) sessions.delete(place);
      for (const [place, entry] of memberships.entries())
        if (entry.userId === userId) memberships.delete(place);
    },
    forgetTenant: (tenantId) => {
      for (const [place, { session }] of sessions.entries())
        if (session?.viaTenantId === tenantId) sessions.delete(place);
      for (const [place, { row }] of memberships.entries())
        if (row?.tenant.id === tenantId) memberships.delete(place);
    },
  };
}
