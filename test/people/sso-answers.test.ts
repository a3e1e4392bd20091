import { createHmac } from "node:crypto";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { expectRefused, openSsoApp, type SsoApp } from "../kit/open-sso-app.ts";
import type { IdentityProviderServer } from "../kit/start-identity-provider.ts";

const inAnHour = () => Math.floor(Date.now() / 1000) + 3_600;

/** By hand: a library refuses to sign like this. */
function hmacToken(claims: Record<string, unknown>, secret: string): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const signed = `${part({ alg: "HS256", kid: "one", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

describe.each(["sqlite", "postgres"] as const)("an identity provider's answer, on %s", (dialect) => {
  let sso: SsoApp;
  let provider: IdentityProviderServer;
  // One application for all: what they leave behind is refusals.
  beforeAll(async () => {
    sso = await openSsoApp(dialect);
    ({ provider } = sso);
    await sso.setProvider({ domains: ["airline.test"], defaultRole: "editor" });
  });
  afterAll(() => sso?.[Symbol.asyncDispose]());
  beforeEach(() => {
    provider.bend = (claims) => claims;
    provider.forge = undefined;
    provider.takesCodesAgain = false;
  });

  const get: SsoApp["get"] = (url, cookie) => sso.get(url, cookie);
  const begin: SsoApp["begin"] = () => sso.begin();
  const finish: SsoApp["finish"] = (begun) => sso.finish(begun);

  test("is good once, in the browser that began, for what it began, and in time", async () => {
    const begun = await begin();
    await expectRefused(get(begun.callback));
    const other = await begin();
    await expectRefused(get(begun.callback, other.cookie));
    await expectRefused(get(begun.callback.replace(/state=[^&]+/, "state=x"), begun.cookie));
    await expectRefused(get(begun.callback.replace(/&?state=[^&]+/, ""), begun.cookie));
    await expectRefused(get(begun.callback, begun.cookie.slice(0, -4)));
    await expectRefused(get(begun.callback.replace(/code=[^&]+/, "code=stolen"), begun.cookie));
    provider.takesCodesAgain = true;
    expect((await finish(begun)).headers.get("location")).toBe("/prompts");
    await expectRefused(finish(begun));
  });

  test("whose code belongs to another log-in fails by PKCE", async () => {
    const [mine, stolen] = [await begin(), await begin()];
    const code = /code=[^&]+/.exec(stolen.callback)?.[0] ?? "";
    await expectRefused(get(mine.callback.replace(/code=[^&]+/, code), mine.cookie));
  });

  test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ["another nonce", (claims) => ({ ...claims, nonce: "another" })],
    ["no nonce", ({ nonce: _, ...claims }) => claims],
    ["another audience", (claims) => ({ ...claims, aud: "somebody-else" })],
    ["another party", (claims) => ({ ...claims, azp: "somebody-else" })],
    ["another issuer", (claims) => ({ ...claims, iss: "https://id.example" })],
    ["a time long past", (claims) => ({ ...claims, iat: 1, exp: 2 })],
    ["a time to come", (claims) => ({ ...claims, iat: inAnHour(), exp: inAnHour() + 300 })],
    ["a beginning to come", (claims) => ({ ...claims, nbf: inAnHour() })],
    ["no end", ({ exp: _, ...claims }) => claims],
    ["no subject", ({ sub: _, ...claims }) => claims],
  ])("with a token that has %s is refused", async (_, bend) => {
    provider.bend = bend;
    await expectRefused(finish(await begin()));
  });

  test("with a token that is not signed, or by another key or by our own secret, is refused", async () => {
    provider.forge = async (claims) => new UnsecuredJWT(claims).encode();
    await expectRefused(finish(await begin()));
    const { privateKey } = await generateKeyPair("RS256");
    provider.forge = (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(privateKey);
    await expectRefused(finish(await begin()));
    const shared = new TextEncoder().encode(provider.clientSecret);
    provider.forge = (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(shared);
    await expectRefused(finish(await begin()));
  });

  test("with a token whose header names a key of its own, or takes the public key for a secret, is refused", async () => {
    const own = await generateKeyPair("RS256");
    const jwk = await exportJWK(own.publicKey);
    const pem = await exportSPKI(provider.publicKey);
    const published = JSON.stringify(await exportJWK(provider.publicKey));
    const headers = [
      ["../../../../dev/null", "' OR 1=1 --", "two", ""].map((kid) => ({ alg: "RS256", kid })),
      { alg: "RS256", kid: "one", jwk },
      { alg: "RS256", kid: "one", jku: `${provider.issuer}/other-keys` },
      { alg: "RS256", kid: "one", crit: ["b64"], b64: true },
    ].flat();
    for (const header of headers) {
      provider.forge = (claims) => new SignJWT(claims).setProtectedHeader(header).sign(own.privateKey);
      await expectRefused(finish(await begin()));
    }
    expect(provider.asked).not.toContain("/other-keys");
    for (const secret of [pem, pem.trim(), published, ""]) {
      provider.forge = async (claims) => hmacToken(claims, secret);
      await expectRefused(finish(await begin()));
    }
    provider.forge = undefined;
    // The same provider's own token is taken: what was refused is what was wrong.
    expect((await finish(await begin())).headers.get("location")).toBe("/prompts");
  });
});
