import { LIMITS } from "@assay/core";
import { type IdKind, newId, type Store } from "@assay/store";
import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { betterAuth } from "better-auth/minimal";
import { z } from "zod";
import { ADDRESS_HEADER } from "./address-header.ts";
import { openAuthAdapter } from "./auth-adapter.ts";

export interface AuthParts {
  store: Store;
  secret: string;
  cookie: { name: string; isSecure: boolean };
}

const SECOND_MS = 1000;

/** Opens a session for somebody who was proven otherwise. Reachable from this process alone, like every endpoint. */
const provenSessions = {
  id: "proven-sessions",
  endpoints: {
    openProvenSession: createAuthEndpoint(
      "/proven-session",
      {
        method: "POST",
        body: z.object({ userId: z.string(), viaTenantId: z.string().nullable() }),
        metadata: { SERVER_ONLY: true },
      },
      async (context) => {
        const { userId, viaTenantId } = context.body;
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(userId);
        if (user === null) return null;
        const session = await internalAdapter.createSession(userId, false, { viaTenantId });
        await setSessionCookie(context, { session, user });
        return { session, user };
      },
    ),
  },
} satisfies BetterAuthPlugin;

/**
 * better-auth, called as a library: none of its own routes is mounted, so that everything people can reach has a route
 * of the contract. Sessions end at a fixed time and are not prolonged, and no copy of them is kept in a cookie.
 */
export function createAuth({ store, secret, cookie }: AuthParts) {
  return betterAuth({
    appName: "Assay",
    baseURL: "http://assay.invalid",
    // As a list, since better-auth would otherwise read further secrets from the environment.
    secrets: [{ version: 1, value: secret }],
    database: openAuthAdapter(store),
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: LIMITS.passwordLengthMin,
      maxPasswordLength: LIMITS.passwordLengthMax,
      password: {
        hash: hashPassword,
        verify: verifyPassword,
      },
    },
    user: { additionalFields: { isOperator: { type: "boolean", input: false, defaultValue: false } } },
    session: {
      expiresIn: LIMITS.sessionMs / SECOND_MS,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: { viaTenantId: { type: "string", required: false, input: false } },
    },
    advanced: {
      useSecureCookies: false,
      cookies: { session_token: { name: cookie.name, attributes: { secure: cookie.isSecure } } },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: ({ model }) => newId(model as IdKind) },
    },
    plugins: [provenSessions],
  });
}
