import { randomUUID } from "node:crypto";
import { notFound } from "@assay/core";
import { findUser, type Store } from "@assay/store";
import type { LiveSession, Logins } from "../people/logins.ts";

const HOUR_MS = 3_600_000;
const COOKIE = "toy_session";

/** Sessions in memory and no passwords, for tests of what stands behind the port. */
export function createToyLogins(store: Store): Logins {
  const sessions = new Map<string, LiveSession>();
  return {
    hashPassword: async (password) => `toy ${password}`,
    provePassword: async () => undefined,
    openSessionByPassword: async () => undefined,
    openSession: async ({ userId, viaTenantId }) => {
      const user = await store.readPlatform((tx) => findUser(tx, userId));
      if (user === undefined) throw notFound("user");
      const { id, email, name, isOperator } = user;
      const session: LiveSession = {
        id: `ses_${randomUUID().replaceAll("-", "")}`,
        user: { id, email, name, isOperator },
        viaTenantId,
        expiresAt: new Date(Date.now() + HOUR_MS),
      };
      sessions.set(session.id, session);
      return { session, setCookie: `${COOKIE}=${session.id}` };
    },
    findSession: async (cookie) => sessions.get(cookie.replace(`${COOKIE}=`, "")),
    forgetCookie: () => `${COOKIE}=; Max-Age=0`,
    carriesSession: (cookie) => cookie.includes(`${COOKIE}=`),
  };
}
