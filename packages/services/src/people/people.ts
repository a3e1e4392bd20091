import { LIMITS } from "@assay/core";
import type { Store } from "@assay/store";
import { type LoginAttempts, openLoginAttempts } from "./login-attempts.ts";
import type { Logins } from "./logins.ts";
import type { Oidc } from "./oidc.ts";
import { openQuota, type Quota } from "./open-quota.ts";
import { openPasswordTurns, type PasswordTurns } from "./password-turns.ts";
import { openSessionAuthenticator, type SessionAuthenticator } from "./session-authenticator.ts";

/** How people come in. */
export interface People {
  logins: Logins;
  oidc: Oidc;
  sessions: SessionAuthenticator;
  attempts: LoginAttempts;
  turns: PasswordTurns;
  /** By e-mail, by person and by network. */
  quotas: { logins: Quota; passwordChanges: Quota; acceptances: Quota };
}

export function openPeople(parts: { store: Store; logins: Logins; oidc: Oidc; now: () => Date }): People {
  const { now } = parts;
  const entriesMax = LIMITS.loginFailureEntriesMax;
  const quotaOf = (what: string, max: number, windowMs: number) =>
    openQuota({ what, max, windowMs, entriesMax }, now);
  return {
    logins: parts.logins,
    oidc: parts.oidc,
    sessions: openSessionAuthenticator(parts),
    attempts: openLoginAttempts(now),
    turns: openPasswordTurns(now),
    quotas: {
      logins: quotaOf("log-ins of this account", LIMITS.loginsPerAccountMax, LIMITS.loginsWindowMs),
      passwordChanges: quotaOf(
        "changes of this password",
        LIMITS.passwordChangesPerPersonMax,
        LIMITS.passwordChangesWindowMs,
      ),
      acceptances: quotaOf(
        "new accounts from this address",
        LIMITS.acceptancesPerNetworkMax,
        LIMITS.passwordChangesWindowMs,
      ),
    },
  };
}
