import type { Store } from "@assay/store";
import { type LoginAttempts, openLoginAttempts } from "./login-attempts.ts";
import type { Logins } from "./logins.ts";
import { openSessionAuthenticator, type SessionAuthenticator } from "./session-authenticator.ts";

/** How people come in. */
export interface People {
  logins: Logins;
  sessions: SessionAuthenticator;
  attempts: LoginAttempts;
}

export function openPeople(parts: { store: Store; logins: Logins; now: () => Date }): People {
  return {
    logins: parts.logins,
    sessions: openSessionAuthenticator(parts),
    attempts: openLoginAttempts(parts.now),
  };
}
