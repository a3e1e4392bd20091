import type { Store } from "@assay/store";
import { type LoginAttempts, openLoginAttempts } from "./login-attempts.ts";
import type { Logins } from "./logins.ts";
import type { Oidc } from "./oidc.ts";
import { openSessionAuthenticator, type SessionAuthenticator } from "./session-authenticator.ts";

/** How people come in. */
export interface People {
  logins: Logins;
  oidc: Oidc;
  sessions: SessionAuthenticator;
  attempts: LoginAttempts;
}

export function openPeople(parts: { store: Store; logins: Logins; oidc: Oidc; now: () => Date }): People {
  return {
    logins: parts.logins,
    oidc: parts.oidc,
    sessions: openSessionAuthenticator(parts),
    attempts: openLoginAttempts(parts.now),
  };
}
