import { createHash } from "node:crypto";
import { AppError, LIMITS } from "@assay/core";
import type { Platform } from "../context.ts";
import type { OidcSecrets } from "./oidc.ts";

/** What a browser carries, sealed, while it is away at an identity provider. */
export interface SsoTicket extends OidcSecrets {
  tenantId: string;
  issuer: string;
  clientId: string;
  returnTo: string;
  expiresAtMs: number;
}

const COOKIE = "assay_sso";
const PATH = "/api/login/sso";
const SEALED_FOR = ["sso", "ticket"];
const SECOND_MS = 1000;

/** The cookie that ties a log-in to the browser that began it; nothing is stored until it is proven. */
export function ticketCookie({ secrets, publicUrl }: Platform, ticket: SsoTicket): string {
  const sealed = Buffer.from(secrets.seal(JSON.stringify(ticket), SEALED_FOR)).toString("base64url");
  return cookieLine(sealed, LIMITS.ssoTicketMs / SECOND_MS, publicUrl());
}

export function forgottenTicketCookie({ publicUrl }: Platform): string {
  return cookieLine("", 0, publicUrl());
}

function cookieLine(value: string, maxAge: number, publicUrl: string | null): string {
  const secure = publicUrl?.startsWith("https://") === true ? "; Secure" : "";
  return `${COOKIE}=${value}; Max-Age=${maxAge}; Path=${PATH}; HttpOnly; SameSite=Lax${secure}`;
}

/**
 * The ticket in a `Cookie` header that belongs to this state and is still good.
 * @throws AppError `sso_failed`
 */
export function readTicket(
  { secrets, now }: Platform,
  { cookie, state }: { cookie: string | null; state: string | undefined },
): SsoTicket {
  const pair = cookie?.split(";").find((one) => one.trim().startsWith(`${COOKIE}=`));
  const sealed = pair?.trim().slice(COOKIE.length + 1) ?? "";
  let ticket: SsoTicket;
  try {
    ticket = JSON.parse(secrets.open(Buffer.from(sealed, "base64url"), SEALED_FOR)) as SsoTicket;
  } catch {
    throw new AppError("sso_failed", "This browser has not begun this log-in. Begin again.");
  }
  if (ticket.state !== state)
    throw new AppError("sso_failed", "This is the answer to another log-in. Begin again.");
  if (ticket.expiresAtMs <= now().getTime())
    throw new AppError("sso_failed", "The log-in took too long. Begin again.");
  return ticket;
}

/** What remembers that a ticket was used, without being one. */
export function ticketIdentifier({ state }: SsoTicket): string {
  return `sso:${createHash("sha256").update(state).digest("base64url")}`;
}
