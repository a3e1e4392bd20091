import { randomBytes } from "node:crypto";
import { AppError, LIMITS, notFound } from "@assay/core";
import { findIdentityProviderOf } from "@assay/store";
import type { Platform } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { ticketCookie } from "./sso-ticket.ts";

/** A redirect with its cookies. */
export interface Redirect {
  location: string;
  setCookies: string[];
}

const SECRET_BYTES = 32;
const REDIRECT_PATH = "/api/login/sso/callback";

/** @throws AppError `sso_failed` where the server does not know its own address. */
export function redirectUriOf({ publicUrl }: Platform): string {
  const origin = publicUrl();
  if (origin !== null) return `${origin}${REDIRECT_PATH}`;
  throw new AppError("sso_failed", "The server does not know its own address; set ASSAY_PUBLIC_URL.");
}

/** A tenant without a provider answers like one that does not exist. */
export async function startSso(
  platform: Platform,
  { tenant: slug, returnTo }: VerbInput<"startSso">,
): Promise<Redirect> {
  const found = await platform.store.readPlatform((tx) => findIdentityProviderOf(tx, { slug }));
  if (found === undefined) throw notFound("identity provider");
  const { issuer, clientId } = found.provider;
  const fresh = () => randomBytes(SECRET_BYTES).toString("base64url");
  const secrets = { state: fresh(), nonce: fresh(), codeVerifier: fresh() };
  const location = await platform.people.oidc.authorizationUrl(
    { issuer, clientId, clientSecret: null },
    secrets,
    redirectUriOf(platform),
  );
  const expiresAtMs = platform.now().getTime() + LIMITS.ssoTicketMs;
  const ticket = { ...secrets, tenantId: found.tenant.id, issuer, clientId, returnTo, expiresAtMs };
  return { location, setCookies: [ticketCookie(platform, ticket)] };
}
