import { AppError } from "@assay/core";
import { findIdentityProviderOf, type IdentityProviderRow, type TenantRow, useSsoAnswer } from "@assay/store";
import type { Platform } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { arriveBySso } from "./arrive-by-sso.ts";
import { openClientSecret } from "./client-secret.ts";
import type { ClientFacts } from "./logins.ts";
import type { OidcClaims } from "./oidc.ts";
import { forgottenTicketCookie, readTicket, type SsoTicket, ticketIdentifier } from "./sso-ticket.ts";
import { type Redirect, redirectUriOf } from "./start-sso.ts";

/**
 * The end of a log-in at an identity provider: the browser must be the one that began it, its answer is used once, and
 * the session it gets opens the provider's own tenant and no other.
 * @throws AppError `sso_failed`, `host_not_allowed`
 */
export async function finishSso(
  platform: Platform,
  answer: VerbInput<"finishSso">,
  { cookie, client }: { cookie: string | null; client: ClientFacts },
): Promise<Redirect> {
  const ticket = readTicket(platform, { cookie, state: answer.state });
  if (answer.code === undefined) {
    throw new AppError("sso_failed", "The identity provider let nobody in.");
  }
  const { tenant, provider } = await providerOf(platform, ticket);
  const claims = await platform.people.oidc.claimsOf(
    { ...provider, clientSecret: openClientSecret(platform, provider) },
    {
      code: answer.code,
      codeVerifier: ticket.codeVerifier,
      nonce: ticket.nonce,
      redirectUri: redirectUriOf(platform),
    },
  );
  const userId = await letIn(platform, { ticket, tenant, provider, claims });
  platform.people.sessions.forgetUser(userId);
  const opened = await platform.people.logins.openSession({ userId, viaTenantId: tenant.id }, client);
  return { location: ticket.returnTo, setCookies: [opened.setCookie, forgottenTicketCookie(platform)] };
}

/** The provider must still be the one that the browser was sent to. */
async function providerOf({ store }: Platform, { tenantId, issuer, clientId }: SsoTicket) {
  const found = await store.readPlatform((tx) => findIdentityProviderOf(tx, { tenantId }));
  if (found === undefined || found.provider.issuer !== issuer || found.provider.clientId !== clientId) {
    throw new AppError("sso_failed", "The tenant has another identity provider now. Begin again.");
  }
  return found;
}

interface Arrival {
  ticket: SsoTicket;
  tenant: TenantRow;
  provider: IdentityProviderRow;
  claims: OidcClaims;
}

async function letIn(platform: Platform, { ticket, tenant, provider, claims }: Arrival): Promise<string> {
  const now = platform.now();
  return await platform.store.writePlatform(async (tx) => {
    const expiresAt = new Date(ticket.expiresAtMs);
    if (!(await useSsoAnswer(tx, { identifier: ticketIdentifier(ticket), expiresAt, now }))) {
      throw new AppError("sso_failed", "This answer was used already. Begin again.");
    }
    return await arriveBySso(tx, { tenant, provider, claims, now });
  });
}
