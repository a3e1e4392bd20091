import { AppError, LIMITS, type LoginDraft, type SessionView } from "@assay/core";
import type { Platform } from "../context.ts";
import { deviceCookie, readDevice } from "./device-cookie.ts";
import type { Attempter } from "./login-attempts.ts";
import type { ClientFacts } from "./logins.ts";
import { networkOf } from "./network-of.ts";
import type { PasswordTurn } from "./password-turns.ts";
import { sessionView } from "./session-view.ts";

/** What a route that opens a session answers with; the session's own cookie comes first. */
export interface SessionAnswer {
  view: SessionView;
  setCookies: string[];
}

/**
 * Opens a session for an e-mail and its password.
 * @throws AppError `unauthenticated`, in the same words after the same work, for an unknown e-mail as for a wrong
 * password; `rate_limit_exceeded` after too many of them, or of right ones; `queue_full`.
 */
export async function login(
  platform: Platform,
  { email, password }: LoginDraft,
  { client, cookie }: { client: ClientFacts; cookie: string | null },
): Promise<SessionAnswer> {
  const { attempts, logins, turns, quotas } = platform.people;
  const network = networkOf(client.address);
  const who = { email, network, device: readDevice(platform, { cookie, email }) };
  quotas.logins.check(email);
  const attempt = attempts.enter(who);
  const signIn = async () => {
    const proven = await logins.provePassword({ email }, password);
    return proven && (await logins.openSessionByPassword(proven, client));
  };
  const opened = await turns.take(turnOf(who), signIn).catch((error: unknown) => {
    attempt.withdrawn();
    throw error;
  });
  if (opened === undefined) {
    const message =
      "The e-mail or the password is wrong. If you have forgotten it, ask an admin of your tenant for a link that sets a new one.";
    throw new AppError("unauthenticated", message);
  }
  attempt.succeeded();
  quotas.logins.spend(email);
  const view = await sessionView(platform, opened.session);
  return { view, setCookies: [opened.setCookie, deviceCookie(platform, { email, network })] };
}

/** An account has one place for each network and device: with one for all, whoever took it would shut the others out. */
function turnOf({ email, network, device }: Attempter): PasswordTurn {
  const max = LIMITS.passwordsPerNetworkMax;
  if (device !== null) {
    const places = [
      { name: `device ${email} ${device}`, max: 1 },
      { name: `known ${network}`, max },
    ];
    return { lane: "known", places };
  }
  const places = [
    { name: `pair ${email} ${network}`, max: 1 },
    { name: `stranger ${network}`, max },
  ];
  return { lane: "stranger", places };
}
