import { AppError, type LoginDraft, type SessionView } from "@assay/core";
import type { Platform } from "../context.ts";
import type { ClientFacts } from "./logins.ts";
import { sessionView } from "./session-view.ts";

/** What a route that opens a session answers with. */
export interface SessionAnswer {
  view: SessionView;
  setCookie: string;
}

/**
 * Opens a session for an e-mail and its password.
 * @throws AppError `unauthenticated`, in the same words after the same work, for an unknown e-mail as for a wrong
 * password; `rate_limit_exceeded` after too many of them.
 */
export async function login(
  platform: Platform,
  { email, password }: LoginDraft,
  client: ClientFacts,
): Promise<SessionAnswer> {
  const { attempts, logins } = platform.people;
  const address = client.address ?? "here";
  attempts.enter(email, address);
  const opened = await logins.signIn({ email, password }, client);
  if (opened === undefined) {
    attempts.failed(email, address);
    throw new AppError("unauthenticated", "The e-mail or the password is wrong.");
  }
  attempts.succeeded(email, address);
  return { view: await sessionView(platform, opened.session), setCookie: opened.setCookie };
}
