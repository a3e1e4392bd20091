import { AppError, LIMITS } from "@assay/core";
import type { AllowedFetch } from "@assay/engines";
import type { Oidc, OidcClaims, OidcProvider } from "@assay/services";
import { z } from "zod";

interface OidcParts {
  fetch: AllowedFetch;
  isHostAllowed(url: string): boolean;
  now(): Date;
}

/** Of a provider's discovery document, what a log-in needs. */
const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
type Discovery = z.infer<typeof Discovery>;

const TokenAnswer = z.object({ id_token: z.string().max(32_768) });

/** No shared secrets: a public key of the provider's, and nothing that a client's secret could forge. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const CLOCK_TOLERANCE_S = 60;
const TOKEN_AGE_MAX = "10 minutes";
const SCOPES = ["openid", "email", "profile"];

const Claims = z.object({
  sub: z.string().min(1).max(255),
  nonce: z.string(),
  azp: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]),
  email: z.string().max(LIMITS.emailLengthMax).optional(),
  // Some providers write booleans as texts.
  email_verified: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
  name: z.string().optional(),
});

/**
 * The code flow with PKCE, state and nonce, by better-auth's primitives over our own guarded requests. Its plug-in for
 * single sign-on keeps providers in a table of its own, which any of its routes may write, and asks whatever host they
 * name.
 */
export function openOidc(parts: OidcParts): Oidc {
  const discover = openDiscovery(parts);
  return {
    authorizationUrl: async (provider, { state, nonce, codeVerifier }, redirectUri) => {
      const { authorization_endpoint: authorizationEndpoint } = await discover(provider.issuer);
      const { createAuthorizationURL } = await import("better-auth/oauth2");
      const url = await createAuthorizationURL({
        id: "tenant",
        options: { clientId: provider.clientId, redirectURI: redirectUri },
        authorizationEndpoint,
        redirectURI: redirectUri,
        state,
        nonce,
        codeVerifier,
        scopes: SCOPES,
      });
      return url.href;
    },
    claimsOf: async (provider, answer) => {
      const discovery = await discover(provider.issuer);
      const idToken = await tradeCode(parts, { provider, discovery, answer });
      return await verifiedClaims(parts, { provider, discovery, idToken, nonce: answer.nonce });
    },
  };
}

function failed(what: string, cause?: unknown): AppError {
  const reason = cause instanceof Error ? ` (${cause.message})` : "";
  return new AppError("sso_failed", `The identity provider ${what}${reason}.`);
}

async function askJson<S extends z.ZodType>(
  { fetch }: OidcParts,
  request: Parameters<AllowedFetch["text"]>[0],
  { schema, failure }: { schema: S; failure: string },
): Promise<z.output<S>> {
  try {
    return schema.parse(JSON.parse(await fetch.text(request)));
  } catch (error) {
    // What a provider wrote is not repeated: its page would speak in our name.
    throw failed(failure, error instanceof z.ZodError || error instanceof SyntaxError ? undefined : error);
  }
}

/** Discovery documents by issuer, kept for a while; a bounded number of them. */
function openDiscovery(parts: OidcParts): (issuer: string) => Promise<Discovery> {
  const kept = new Map<string, { discovery: Discovery; untilMs: number }>();
  return async (issuer) => {
    const nowMs = parts.now().getTime();
    const known = kept.get(issuer);
    if (known !== undefined && known.untilMs > nowMs) return known.discovery;
    const discovery = await askDiscovery(parts, issuer);
    kept.delete(issuer);
    kept.set(issuer, { discovery, untilMs: nowMs + LIMITS.oidcDiscoveryKeepMs });
    if (kept.size > LIMITS.oidcProvidersKeptMax) kept.delete(kept.keys().next().value ?? "");
    return discovery;
  };
}

async function askDiscovery(parts: OidcParts, issuer: string): Promise<Discovery> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const discovery = await askJson(
    parts,
    { url, method: "GET" },
    { schema: Discovery, failure: "has no readable discovery document" },
  );
  if (discovery.issuer !== issuer) throw failed("calls itself by another issuer than the tenant's settings");
  const { authorization_endpoint, token_endpoint, jwks_uri } = discovery;
  for (const endpoint of [authorization_endpoint, token_endpoint, jwks_uri]) {
    if (parts.isHostAllowed(endpoint)) continue;
    const { host } = new URL(endpoint);
    const message = `The identity provider names ${host}, which the operator does not allow.`;
    throw new AppError("host_not_allowed", message, { host });
  }
  return discovery;
}

interface Trade {
  provider: OidcProvider;
  discovery: Discovery;
  answer: { code: string; codeVerifier: string; redirectUri: string };
}

async function tradeCode(parts: OidcParts, { provider, discovery, answer }: Trade): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code: answer.code,
    redirect_uri: answer.redirectUri,
    code_verifier: answer.codeVerifier,
    client_id: provider.clientId,
  });
  const headers: Record<string, string> = {
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
  };
  const methods = discovery.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  if (provider.clientSecret !== null && methods.includes("client_secret_basic")) {
    headers.authorization = basicOf(provider.clientId, provider.clientSecret);
  } else if (provider.clientSecret !== null) form.set("client_secret", provider.clientSecret);
  const { id_token: idToken } = await askJson(
    parts,
    { url: discovery.token_endpoint, method: "POST", headers, body: form.toString() },
    { schema: TokenAnswer, failure: "did not take the log-in's code" },
  );
  return idToken;
}

/** RFC 6749, section 2.3.1: both are encoded as in a form before they are joined. */
function basicOf(clientId: string, clientSecret: string): string {
  const encoded = [clientId, clientSecret].map((text) =>
    new URLSearchParams({ v: text }).toString().slice(2),
  );
  return `Basic ${Buffer.from(encoded.join(":")).toString("base64")}`;
}

async function verifiedClaims(
  parts: OidcParts,
  token: { provider: OidcProvider; discovery: Discovery; idToken: string; nonce: string },
): Promise<OidcClaims> {
  const { provider, discovery, idToken, nonce } = token;
  const { verifyJwsAccessToken } = await import("better-auth/oauth2");
  const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });
  const payload = await verifyJwsAccessToken(idToken, {
    jwksFetch: () =>
      askJson(
        parts,
        { url: discovery.jwks_uri, method: "GET" },
        { schema: KeySet, failure: "has no readable keys" },
      ),
    jwksCacheKey: discovery,
    verifyOptions: {
      issuer: provider.issuer,
      audience: provider.clientId,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_S,
      maxTokenAge: TOKEN_AGE_MAX,
      requiredClaims: ["sub", "exp", "iat", "nonce"],
      currentDate: parts.now(),
    },
  }).catch((error: unknown) => {
    throw error instanceof AppError ? error : failed("sent an ID token that is not good");
  });
  const claims = Claims.safeParse(payload);
  if (!claims.success || claims.data.nonce !== nonce) throw failed("sent an ID token of another log-in");
  if (claims.data.azp !== undefined && claims.data.azp !== provider.clientId)
    throw failed("sent an ID token for another client");
  const { sub, email, email_verified, name } = claims.data;
  return {
    subject: sub,
    email: email?.toLowerCase() ?? null,
    isEmailVerified: email_verified === true || email_verified === "true",
    name: name ?? null,
  };
}
