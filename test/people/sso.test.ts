import { createHmac } from "node:crypto";
import { createClient } from "@assay/client";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addVouchedPerson } from "../kit/add-person.ts";
import { PASSWORD } from "../kit/fill-tenant.ts";
import { type LoggedIn, sessionOf } from "../kit/log-in.ts";
import { openTestApp, type TestApp, type TestTenant } from "../kit/open-test-app.ts";
import { type IdentityProviderServer, startIdentityProvider } from "../kit/start-identity-provider.ts";

const ORIGIN = "http://assay.test";

const inAnHour = () => Math.floor(Date.now() / 1000) + 3_600;

/** By hand: a library refuses to sign like this. */
function hmacToken(claims: Record<string, unknown>, secret: string): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const signed = `${part({ alg: "HS256", kid: "one", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

describe.each(["sqlite", "postgres"] as const)(
  "logging in by a tenant's identity provider, on %s",
  (dialect) => {
    let provider: IdentityProviderServer;
    let app: TestApp;
    let airline: TestTenant;
    let bank: TestTenant;

    beforeEach(async () => {
      provider = await startIdentityProvider();
      app = await openTestApp({ dialect, environment: { ASSAY_ALLOWED_HOSTS: provider.issuer } });
      airline = await app.createTenant("airline");
      bank = await app.createTenant("bank");
      await setProvider({});
    });
    afterEach(async () => {
      await app[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    });

    const setProvider = (more: { enforced?: boolean; domains?: string[]; defaultRole?: "editor" | null }) =>
      airline.client.setIdentityProvider({
        issuer: provider.issuer,
        clientId: provider.clientId,
        clientSecret: provider.clientSecret,
        ...more,
      });

    const get = (url: string, cookie = "") => app.fetch(url, { headers: { cookie }, redirect: "manual" });

    /** The browser's way there and back, up to the answer of the callback. */
    async function begin(tenant = "airline"): Promise<{ callback: string; cookie: string }> {
      const started = await get(`/api/login/sso?tenant=${tenant}&returnTo=/prompts`);
      const location = started.headers.get("location") ?? "";
      const cookie = started.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
      if (!location.startsWith(provider.issuer)) return { callback: location, cookie };
      const there = await fetch(location, { redirect: "manual" });
      return { callback: there.headers.get("location") ?? "", cookie };
    }

    async function finish({ callback, cookie }: { callback: string; cookie: string }): Promise<Response> {
      return await get(callback, cookie);
    }

    async function arrive(): Promise<LoggedIn> {
      const response = await finish(await begin());
      expect(response.headers.get("location")).toBe("/prompts");
      return sessionOf(response, { origin: ORIGIN, fetch: app.fetch });
    }

    async function refused(response: Promise<Response>, code = "sso_failed"): Promise<void> {
      const { status, headers } = await response;
      expect([status, headers.get("location")]).toEqual([302, `/login?error=${code}`]);
      expect(headers.getSetCookie()).toEqual([]);
    }

    const meIn = async (person: LoggedIn, tenant: string) => {
      const response = await person.fetch(tenant)("/api/me");
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };

    const invite = (tenant: TestTenant, email: string, role: "viewer" | "admin" = "viewer") =>
      tenant.client.createInvitation({ email, role });

    async function joinByPassword(tenant: TestTenant, email: string, role: "viewer" | "admin" = "viewer") {
      const { token } = await invite(tenant, email, role);
      const stranger = createClient({ baseUrl: ORIGIN, fetch: app.fetch });
      await stranger.acceptInvitation({ token, name: "Anna", password: PASSWORD });
      return await app.logIn({ email, password: PASSWORD });
    }

    test("lets in whom an admin invited, as what the invitation says, and into that tenant alone", async () => {
      await refused(finish(await begin()));
      await invite(airline, "anna@airline.test");
      const anna = await arrive();
      expect(await meIn(anna, "airline")).toMatchObject({ status: 200, body: { scopes: ["read"] } });
      expect(await meIn(anna, "bank")).toMatchObject({ status: 404 });
      const { items } = await airline.client.listMembers();
      expect(items.map(({ user, role }) => [user.email, role])).toEqual([["anna@airline.test", "viewer"]]);
      // A second time without any invitation, by the subject alone.
      provider.person = { sub: "1" };
      expect(await meIn(await arrive(), "airline")).toMatchObject({ status: 200 });
    });

    test("lets in people of its domains as the default role, and nobody else", async () => {
      await setProvider({ domains: ["airline.test"], defaultRole: "editor" });
      expect(await meIn(await arrive(), "airline")).toMatchObject({
        body: { scopes: ["read", "use", "edit"] },
      });
      for (const email of ["eve@other.test", "eve@sub.airline.test", "eve@other.test@airline.test.evil"]) {
        provider.person = { sub: email, email, email_verified: true };
        await refused(finish(await begin()));
      }
      provider.person = { sub: "9", email: "eve@airline.test", email_verified: false };
      await refused(finish(await begin()));
    });

    test("cannot take over an account by claiming its e-mail", async () => {
      const victim = await joinByPassword(bank, "anna@airline.test", "admin");
      await setProvider({ domains: ["airline.test"], defaultRole: "editor" });
      const impostor = await arrive();
      const ids = await Promise.all(
        [victim.fetch("bank"), impostor.fetch("airline")].map(async (ask) => {
          const { userId } = (await (await ask("/api/me")).json()) as { userId: string };
          return userId;
        }),
      );
      expect(ids[0]).not.toBe(ids[1]);
      expect(await meIn(impostor, "bank")).toMatchObject({ status: 404 });
      expect(await meIn(victim, "airline")).toMatchObject({ status: 404 });
      expect((await app.logIn({ email: "anna@airline.test", password: PASSWORD })).cookie).toContain(
        "session",
      );
    });

    test("links a member's own account, whose session by the provider opens no other tenant", async () => {
      const own = await joinByPassword(airline, "anna@airline.test");
      const { token } = await invite(bank, "anna@airline.test", "admin");
      const accepted = await own.fetch()(`/api/invitations/${token}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      });
      expect(accepted.status).toBe(200);
      const bySso = await arrive();
      const [mine, theirs] = [await meIn(own, "airline"), await meIn(bySso, "airline")];
      expect(theirs.body.userId).toBe(mine.body.userId);
      expect(await meIn(own, "bank")).toMatchObject({ status: 200 });
      expect(await meIn(bySso, "bank")).toMatchObject({ status: 404 });
      const session = (await (await bySso.fetch()("/api/session")).json()) as { tenants: { slug: string }[] };
      expect(session.tenants.map(({ slug }) => slug)).toEqual(["airline"]);
      // Nor may the provider look at the person's other sessions, end them, or set a password.
      const listed = (await (await bySso.fetch()("/api/sessions")).json()) as { items: unknown[] };
      expect(listed.items).toMatchObject([{ isCurrent: true, via: "airline" }]);
      await bySso.fetch()("/api/sessions", { method: "DELETE" });
      expect(await meIn(own, "bank")).toMatchObject({ status: 200 });
      const change = await bySso.fetch()("/api/password", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ currentPassword: PASSWORD, newPassword: "another password" }),
      });
      expect(change.status).toBe(403);
    });

    test("does not make an operator of one, though the account is one", async () => {
      await addVouchedPerson(app, { tenant: airline, email: "anna@airline.test" });
      const own = await app.logIn({ email: "anna@airline.test", password: PASSWORD });
      await app.operator.client.addOperator({ email: "anna@airline.test" });
      expect((await own.fetch()("/api/tenants")).status).toBe(200);
      expect((await (await arrive()).fetch()("/api/tenants")).status).toBe(403);
    });

    test("when it is enforced, no password and no invitation's link opens the tenant; keys go on", async () => {
      const own = await joinByPassword(airline, "anna@airline.test", "admin");
      const { token } = await invite(airline, "berta@airline.test");
      await setProvider({ enforced: true });
      expect(await meIn(own, "airline")).toMatchObject({ status: 403, body: { code: "sso_required" } });
      const again = await app.logIn({ email: "anna@airline.test", password: PASSWORD });
      expect(await meIn(again, "airline")).toMatchObject({ status: 403, body: { code: "sso_required" } });
      const session = (await (await again.fetch()("/api/session")).json()) as { tenants: unknown[] };
      expect(session.tenants).toMatchObject([{ slug: "airline", needsSso: true }]);
      const accept = await app.fetch(`/api/invitations/${token}`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: ORIGIN },
        body: JSON.stringify({ name: "Berta", password: PASSWORD }),
      });
      expect([accept.status, (await accept.json()) as unknown]).toMatchObject([
        403,
        { code: "sso_required" },
      ]);
      expect(await meIn(await arrive(), "airline")).toMatchObject({ status: 200 });
      expect((await airline.client.getCaller()).tenant?.slug).toBe("airline");
    });

    test("a removed member does not come back by the domain, only by a new invitation", async () => {
      await setProvider({ domains: ["airline.test"], defaultRole: "editor" });
      const anna = await arrive();
      const { body } = await meIn(anna, "airline");
      await airline.client.removeMember({ userId: String(body.userId) });
      expect(await meIn(anna, "airline")).toMatchObject({ status: 404 });
      await refused(finish(await begin()));
      await invite(airline, "anna@airline.test");
      expect(await meIn(await arrive(), "airline")).toMatchObject({ body: { scopes: ["read"] } });
    });

    describe("an answer", () => {
      beforeEach(() =>
        setProvider({ domains: ["airline.test"], defaultRole: "editor" }).then(() => undefined),
      );

      test("is good once, in the browser that began, for what it began, and in time", async () => {
        const begun = await begin();
        await refused(get(begun.callback));
        const other = await begin();
        await refused(get(begun.callback, other.cookie));
        await refused(get(begun.callback.replace(/state=[^&]+/, "state=x"), begun.cookie));
        await refused(get(begun.callback.replace(/&?state=[^&]+/, ""), begun.cookie));
        await refused(get(begun.callback, begun.cookie.slice(0, -4)));
        await refused(get(begun.callback.replace(/code=[^&]+/, "code=stolen"), begun.cookie));
        provider.takesCodesAgain = true;
        expect((await finish(begun)).headers.get("location")).toBe("/prompts");
        await refused(finish(begun));
      });

      test("whose code belongs to another log-in fails by PKCE", async () => {
        const [mine, stolen] = [await begin(), await begin()];
        const code = /code=[^&]+/.exec(stolen.callback)?.[0] ?? "";
        await refused(get(mine.callback.replace(/code=[^&]+/, code), mine.cookie));
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
        await refused(finish(await begin()));
      });

      test("with a token that is not signed, or by another key or by our own secret, is refused", async () => {
        provider.forge = async (claims) => new UnsecuredJWT(claims).encode();
        await refused(finish(await begin()));
        const { privateKey } = await generateKeyPair("RS256");
        provider.forge = (claims) =>
          new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(privateKey);
        await refused(finish(await begin()));
        const shared = new TextEncoder().encode(provider.clientSecret);
        provider.forge = (claims) =>
          new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(shared);
        await refused(finish(await begin()));
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
          await refused(finish(await begin()));
        }
        expect(provider.asked).not.toContain("/other-keys");
        for (const secret of [pem, pem.trim(), published, ""]) {
          provider.forge = async (claims) => hmacToken(claims, secret);
          await refused(finish(await begin()));
        }
        provider.forge = undefined;
        // The same provider's own token is taken: what was refused is what was wrong.
        expect((await finish(await begin())).headers.get("location")).toBe("/prompts");
      });
    });

    test("asks no host that the operator does not allow, whoever names it", async () => {
      const issuer = "http://169.254.169.254";
      const set = airline.client.setIdentityProvider({ issuer, clientId: "x" });
      await expect(set).rejects.toMatchObject({ code: "host_not_allowed" });
      for (const endpoint of ["authorization_endpoint", "token_endpoint", "jwks_uri"]) {
        await using bent = await startIdentityProvider();
        await using other = await openTestApp({ dialect, environment: { ASSAY_ALLOWED_HOSTS: bent.issuer } });
        const tenant = await other.createTenant("airline");
        await tenant.client.setIdentityProvider({ issuer: bent.issuer, clientId: "assay" });
        bent.bendDiscovery = (document) => ({ ...document, [endpoint]: "http://169.254.169.254/latest" });
        const response = await other.fetch("/api/login/sso?tenant=airline", { redirect: "manual" });
        expect(response.headers.get("location")).toBe("/login?error=host_not_allowed");
      }
    });

    test("a tenant without a provider answers like one that does not exist, and returns lead to our own pages", async () => {
      for (const tenant of ["bank", "nobody"])
        await refused(get(`/api/login/sso?tenant=${tenant}`), "not_found");
      for (const returnTo of ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)"])
        await refused(
          get(`/api/login/sso?tenant=airline&returnTo=${encodeURIComponent(returnTo)}`),
          "invalid_input",
        );
    });

    test("its secret is never read back, and goes with another issuer", async () => {
      const set = await setProvider({});
      expect(JSON.stringify(set)).not.toContain(provider.clientSecret);
      const kept = await airline.client.setIdentityProvider({
        issuer: provider.issuer,
        clientId: provider.clientId,
      });
      expect(kept.hasSecret).toBe(true);
      const moved = await airline.client.setIdentityProvider({
        issuer: `${provider.issuer}/other`,
        clientId: provider.clientId,
      });
      expect(moved.hasSecret).toBe(false);
      await expect(bank.client.getIdentityProvider()).rejects.toMatchObject({ code: "not_found" });
    });

    test("sessions end when their provider goes", async () => {
      await invite(airline, "anna@airline.test");
      const anna = await arrive();
      await airline.client.removeIdentityProvider();
      expect((await anna.fetch()("/api/session")).status).toBe(401);
    });
  },
);
