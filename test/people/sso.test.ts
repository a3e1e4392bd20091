import { createClient } from "@assay/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addVouchedPerson } from "../kit/add-person.ts";
import { PASSWORD } from "../kit/fill-tenant.ts";
import { type LoggedIn, sessionOf } from "../kit/log-in.ts";
import { expectRefused, openSsoApp, type SsoApp } from "../kit/open-sso-app.ts";
import { openTestApp, type TestApp, type TestTenant } from "../kit/open-test-app.ts";
import { type IdentityProviderServer, startIdentityProvider } from "../kit/start-identity-provider.ts";

const ORIGIN = "http://assay.test";

describe.each(["sqlite", "postgres"] as const)(
  "logging in by a tenant's identity provider, on %s",
  (dialect) => {
    let sso: SsoApp;
    let provider: IdentityProviderServer;
    let app: TestApp;
    let airline: TestTenant;
    let bank: TestTenant;

    beforeEach(async () => {
      sso = await openSsoApp(dialect);
      ({ provider, app, airline, bank } = sso);
    });
    afterEach(() => sso[Symbol.asyncDispose]());

    const setProvider: SsoApp["setProvider"] = (more) => sso.setProvider(more);
    const get: SsoApp["get"] = (url) => sso.get(url);
    const begin: SsoApp["begin"] = () => sso.begin();
    const finish: SsoApp["finish"] = (begun) => sso.finish(begun);

    async function arrive(): Promise<LoggedIn> {
      const response = await finish(await begin());
      expect(response.headers.get("location")).toBe("/prompts");
      return sessionOf(response, { origin: ORIGIN, fetch: app.fetch });
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
      await expectRefused(finish(await begin()));
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
        await expectRefused(finish(await begin()));
      }
      provider.person = { sub: "9", email: "eve@airline.test", email_verified: false };
      await expectRefused(finish(await begin()));
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
      const session = (await (await bySso.fetch()("/api/session")).json()) as {
        tenants: { slug: string }[];
      };
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

    test("when it is enforced, no password, no reset of it and no invitation's link opens the tenant; keys go on", async () => {
      const own = await joinByPassword(airline, "anna@airline.test", "admin");
      const { token } = await invite(airline, "berta@airline.test");
      const userId = String((await meIn(own, "airline")).body.userId);
      const reset = await airline.client.createPasswordReset({ userId });
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
      await expect(airline.client.createPasswordReset({ userId })).rejects.toMatchObject({
        code: "sso_required",
      });
      const stranger = createClient({ baseUrl: ORIGIN, fetch: app.fetch });
      const used = stranger.acceptPasswordReset({ resetToken: reset.token, password: `${PASSWORD} anew` });
      await expect(used).rejects.toMatchObject({ code: "not_found" });
      expect(await meIn(await arrive(), "airline")).toMatchObject({ status: 200 });
      expect((await airline.client.getCaller()).tenant?.slug).toBe("airline");
    });

    test("a removed member does not come back by the domain, only by a new invitation", async () => {
      await setProvider({ domains: ["airline.test"], defaultRole: "editor" });
      const anna = await arrive();
      const { body } = await meIn(anna, "airline");
      await airline.client.removeMember({ userId: String(body.userId) });
      expect(await meIn(anna, "airline")).toMatchObject({ status: 404 });
      await expectRefused(finish(await begin()));
      await invite(airline, "anna@airline.test");
      expect(await meIn(await arrive(), "airline")).toMatchObject({ body: { scopes: ["read"] } });
    });

    test("asks no host that the operator does not allow, whoever names it", async () => {
      const issuer = "http://169.254.169.254";
      const set = airline.client.setIdentityProvider({ issuer, clientId: "x" });
      await expect(set).rejects.toMatchObject({ code: "host_not_allowed" });
      for (const endpoint of ["authorization_endpoint", "token_endpoint", "jwks_uri"]) {
        await using bent = await startIdentityProvider();
        await using other = await openTestApp({
          dialect,
          environment: { ASSAY_ALLOWED_HOSTS: bent.issuer },
        });
        const tenant = await other.createTenant("airline");
        await tenant.client.setIdentityProvider({ issuer: bent.issuer, clientId: "assay" });
        bent.bendDiscovery = (document) => ({ ...document, [endpoint]: "http://169.254.169.254/latest" });
        const response = await other.fetch("/api/login/sso?tenant=airline", { redirect: "manual" });
        expect(response.headers.get("location")).toBe("/login?error=host_not_allowed");
      }
    });

    test("a tenant without a provider answers like one that does not exist, and returns lead to our own pages", async () => {
      for (const tenant of ["bank", "nobody"])
        await expectRefused(get(`/api/login/sso?tenant=${tenant}`), "not_found");
      for (const returnTo of ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)"])
        await expectRefused(
          get(`/api/login/sso?tenant=airline&returnTo=${encodeURIComponent(returnTo)}`),
          "invalid_input",
        );
    });

    test("its secret is never read back, and goes with another issuer or client", async () => {
      const set = await setProvider({});
      expect(JSON.stringify(set)).not.toContain(provider.clientSecret);
      const kept = await airline.client.setIdentityProvider({
        issuer: provider.issuer,
        clientId: provider.clientId,
      });
      expect(kept.hasSecret).toBe(true);
      const other = await airline.client.setIdentityProvider({ issuer: provider.issuer, clientId: "other" });
      expect(other.hasSecret).toBe(false);
      await setProvider({});
      const moved = await airline.client.setIdentityProvider({
        issuer: `${provider.issuer}/other`,
        clientId: provider.clientId,
      });
      expect(moved.hasSecret).toBe(false);
      await expect(bank.client.getIdentityProvider()).rejects.toMatchObject({ code: "not_found" });
    });

    test.each([
      ["issuer", () => ({ issuer: `${provider.issuer}/other` })],
      ["client", () => ({ clientId: "other" })],
    ])(
      "sessions end when another %s takes its place, and go on when anything else changes",
      async (_, changed) => {
        await invite(airline, "anna@airline.test");
        const own = await joinByPassword(airline, "berta@airline.test");
        const anna = await arrive();
        await setProvider({ domains: ["airline.test"], defaultRole: "editor" });
        expect(await meIn(anna, "airline")).toMatchObject({ status: 200 });
        const { issuer, clientId } = provider;
        await airline.client.setIdentityProvider({ issuer, clientId, ...changed() });
        expect((await anna.fetch()("/api/session")).status).toBe(401);
        expect(await meIn(own, "airline")).toMatchObject({ status: 200 });
      },
    );

    test("sessions end when their provider goes", async () => {
      await invite(airline, "anna@airline.test");
      const anna = await arrive();
      await airline.client.removeIdentityProvider();
      expect((await anna.fetch()("/api/session")).status).toBe(401);
    });
  },
);
