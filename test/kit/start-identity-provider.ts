import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose";

/** Whom the provider says has logged in there. */
export interface ProvidedPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

/** A small OpenID provider in this process: discovery, code flow with PKCE, keys. Tests bend it to see it refused. */
export interface IdentityProviderServer extends AsyncDisposable {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What it signs with, as it publishes it. */
  publicKey: CryptoKey;
  person: ProvidedPerson;
  /** Changes what an ID token says, after everything else. */
  bend: (claims: Record<string, unknown>) => Record<string, unknown>;
  /** Changes the discovery document. */
  bendDiscovery: (document: Record<string, unknown>) => Record<string, unknown>;
  /** Replaces the whole ID token. */
  forge: ((claims: Record<string, unknown>) => Promise<string>) | undefined;
  /** A careless provider, which takes the same code a second time. */
  takesCodesAgain: boolean;
  /** Every request that came, by path. */
  asked: string[];
}

interface Pending {
  challenge: string;
  nonce: string;
  redirectUri: string;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

export async function startIdentityProvider(): Promise<IdentityProviderServer> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const pending = new Map<string, Pending>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: IdentityProviderServer = {
    issuer,
    clientId: "assay",
    clientSecret: "provider-secret",
    publicKey,
    person: { sub: "1", email: "anna@airline.test", email_verified: true, name: "Anna" },
    bend: (claims) => claims,
    bendDiscovery: (document) => document,
    forge: undefined,
    takesCodesAgain: false,
    asked: [],
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  const json = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", issuer);
    provider.asked.push(url.pathname);
    if (url.pathname === "/.well-known/openid-configuration") return json(response, 200, discovery());
    if (url.pathname === "/keys") {
      return json(response, 200, { keys: [{ ...(await exportJWK(publicKey)), kid: "one", alg: "RS256" }] });
    }
    if (url.pathname === "/authorize") return authorize(url, response);
    if (url.pathname === "/token") return await token(request, response);
    json(response, 404, {});
  }

  function discovery(): Record<string, unknown> {
    return provider.bendDiscovery({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    });
  }

  function authorize({ searchParams }: URL, response: ServerResponse): void {
    const code = randomUUID();
    const redirectUri = searchParams.get("redirect_uri") ?? "";
    pending.set(code, {
      challenge: searchParams.get("code_challenge") ?? "",
      nonce: searchParams.get("nonce") ?? "",
      redirectUri,
    });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    back.searchParams.set("state", searchParams.get("state") ?? "");
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    const begun = pending.get(form.get("code") ?? "");
    if (!provider.takesCodesAgain) pending.delete(form.get("code") ?? "");
    const basic = `Basic ${Buffer.from(`${provider.clientId}:${provider.clientSecret}`).toString("base64")}`;
    const isGood =
      begun !== undefined &&
      request.headers.authorization === basic &&
      form.get("redirect_uri") === begun.redirectUri &&
      sha256(form.get("code_verifier") ?? "") === begun.challenge;
    if (!isGood) return json(response, 400, { error: "invalid_grant" });
    const now = Math.floor(Date.now() / 1000);
    const claims = provider.bend({
      iss: issuer,
      aud: provider.clientId,
      iat: now,
      exp: now + 300,
      nonce: begun.nonce,
      ...provider.person,
    });
    const idToken = await (provider.forge?.(claims) ??
      new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(privateKey));
    json(response, 200, { access_token: "x", token_type: "Bearer", id_token: idToken });
  }

  return provider;
}
