import { createClient } from "@assay/client";
import { holdsScope, LIMITS, listRoutes, ROLES, type Role } from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPerson, addVouchedPerson } from "../kit/add-person.ts";
import { fillTenant, type Names, PASSWORD } from "../kit/fill-tenant.ts";
import type { LoggedIn } from "../kit/log-in.ts";
import { openTestApp, type TestApp, type TestTenant } from "../kit/open-test-app.ts";
import { requestOf, send } from "../kit/route-requests.ts";

const ORIGIN = "http://assay.test";
const TENANT_ROUTES = listRoutes().filter((route) => route.audience === "tenant");
const ROLE_NAMES = Object.keys(ROLES) as Role[];

describe.each(["sqlite", "postgres"] as const)("members, on %s", (dialect) => {
  let app: TestApp;
  let airline: TestTenant;
  let bank: TestTenant;
  let names: Names;

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    airline = await app.createTenant("airline");
    bank = await app.createTenant("bank");
    const at = { prefix: "airline", canary: "canary", tenantId: airline.tenant.id, chat: airline.chat };
    names = await fillTenant(airline.client, at);
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const stranger = () => createClient({ baseUrl: ORIGIN, fetch: app.fetch });
  const logIn = (email: string) => app.logIn({ email, password: PASSWORD });

  async function memberOf(tenant: TestTenant, email: string, role: Role) {
    const { id } = await addPerson(app, { tenant, email, role });
    return { id, session: await logIn(email) };
  }

  const meIn = async (person: LoggedIn, tenant: string) => {
    const response = await person.fetch(tenant)("/api/me");
    return { status: response.status, body: (await response.json()) as { scopes?: string[]; code?: string } };
  };

  const post = (person: LoggedIn, path: string, body: object) =>
    person.fetch("airline")(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  test("members and keys are named to everybody who reads, those of another tenant to nobody", async () => {
    const { id, session } = await memberOf(airline, "named@people.test", "viewer");
    const actors = [`user:${id}`, `key:${names.keyId}`];
    const namesSeenBy = async (tenant: string, headers: Record<string, string>) => {
      const response = await app.fetch(`/api/actors?actors=${actors.join(",")}`, { headers });
      const { items } = (await response.json()) as { items: { actor: string; name: string | null }[] };
      expect([tenant, items.map(({ actor }) => actor)]).toEqual([tenant, actors]);
      return items.map(({ name }) => name);
    };
    expect(await namesSeenBy("airline", session.headers("airline"))).toEqual(["named@people.test", "canary"]);
    expect(await namesSeenBy("bank", { authorization: `Bearer ${bank.key}` })).toEqual([null, null]);
  });

  test.each(ROLE_NAMES)("a person who is %s may do what the role says and nothing else", async (role) => {
    const { session } = await memberOf(airline, `role-${role}@people.test`, role);
    for (const route of TENANT_ROUTES) {
      const may = route.scope === null || holdsScope(ROLES[role], route.scope);
      // What may be done changes the tenant; reading is enough to see that it may.
      if (may && route.method !== "GET") continue;
      const { status, text } = await send(app.fetch, requestOf(route, names), session.headers("airline"));
      if (may) expect([401, 403], `${role} ${route.name}: ${text}`).not.toContain(status);
      else
        expect([status, text], `${role} ${route.name}`).toEqual([
          403,
          expect.stringContaining("scope_missing"),
        ]);
    }
  });

  test("every route that a key opens is shut to people of other tenants", async () => {
    const { session } = await memberOf(bank, "banker@people.test", "admin");
    for (const route of TENANT_ROUTES) {
      const { status, text } = await send(app.fetch, requestOf(route, names), session.headers("airline"));
      expect([status, text], route.name).toEqual([
        404,
        expect.stringMatching(/There is no such tenant|no such tenant/),
      ]);
    }
  });

  test("a change of role and a removal hold from the next request on", async () => {
    const { id, session } = await memberOf(airline, "mover@people.test", "editor");
    expect((await meIn(session, "airline")).body.scopes).toEqual(ROLES.editor);
    await airline.client.setMemberRole({ userId: id, role: "viewer" });
    expect((await meIn(session, "airline")).body.scopes).toEqual(ROLES.viewer);
    await airline.client.removeMember({ userId: id });
    expect((await meIn(session, "airline")).status).toBe(404);
    const actions = (await airline.client.listAudit()).items.map(({ action, object }) => [action, object]);
    expect(actions).toContainEqual(["member.role", id]);
    expect(actions).toContainEqual(["member.remove", id]);
  });

  test("the last admin neither goes nor is lowered, also when two lower each other at once", async () => {
    const tenant = await app.createTenant(`alone-${dialect}`);
    const one = await memberOf(tenant, `one-${dialect}@people.test`, "admin");
    await expect(tenant.client.removeMember({ userId: one.id })).rejects.toMatchObject({ code: "conflict" });
    await expect(tenant.client.setMemberRole({ userId: one.id, role: "viewer" })).rejects.toMatchObject({
      code: "conflict",
    });
    const two = await memberOf(tenant, `two-${dialect}@people.test`, "admin");
    const both = await Promise.allSettled(
      [one.id, two.id].map((userId) => tenant.client.setMemberRole({ userId, role: "viewer" })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { items } = await tenant.client.listMembers();
    expect(items.filter(({ role }) => role === "admin").length).toBe(1);
  });

  test("keys do no more than the person who made them may now, nor do the keys made by these", async () => {
    const { id, session } = await memberOf(airline, "maker@people.test", "admin");
    const made = await post(session, "/api/keys", { name: "mine", role: "admin" });
    const { secret } = (await made.json()) as { secret: string };
    const key = app.client(secret);
    const grandchild = app.client(
      (await key.createKey({ name: "its own", scopes: ["edit", "read"] })).secret,
    );
    await key.createPrompt({ slug: "by-the-key" });
    await grandchild.createPrompt({ slug: "by-the-grandchild" });
    await airline.client.setMemberRole({ userId: id, role: "viewer" });
    for (const client of [key, grandchild]) {
      expect((await client.getCaller()).scopes).toEqual(["read"]);
      await expect(client.createPrompt({ slug: "too-late" })).rejects.toMatchObject({
        code: "scope_missing",
      });
      await expect(client.createKey({ name: "x", role: "viewer" })).rejects.toMatchObject({
        code: "scope_missing",
      });
    }
    await airline.client.removeMember({ userId: id });
    for (const client of [key, grandchild])
      await expect(client.getCaller()).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("a person passes on no more than their role, and no higher limits than the operator gave", async () => {
    const { session } = await memberOf(airline, "giver@people.test", "admin");
    const low = await app.operator.client.createTenant({
      slug: `low-${dialect}`,
      name: "Low",
      limits: { requestsPerMinute: 50, concurrentRequests: 5 },
    });
    const client = app.client(low.adminKey.secret);
    const { token } = await client.createInvitation({ email: `low-${dialect}@people.test`, role: "admin" });
    await stranger().acceptInvitation({ token, name: "Low", password: PASSWORD });
    const admin = await logIn(`low-${dialect}@people.test`);
    const ask = (limits: object) =>
      admin.fetch(`low-${dialect}`)("/api/keys", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "key", role: "viewer", limits }),
      });
    expect((await ask({ requestsPerMinute: 51 })).status).toBe(403);
    expect((await ask({ requestsPerMinute: 50 })).status).toBe(201);
    expect((await post(session, "/api/keys", { name: "key", role: "admin" })).status).toBe(201);
  });

  describe("an invitation", () => {
    test("is good once, and says what it offers until then", async () => {
      const { token, link } = await airline.client.createInvitation({
        email: "New@People.test",
        role: "editor",
      });
      expect(link).toBe(`${ORIGIN}/invitations/${token}`);
      expect(await stranger().getInvitation({ token })).toMatchObject({
        tenant: { slug: "airline" },
        email: "new@people.test",
        role: "editor",
        hasAccount: false,
      });
      const accept = () => stranger().acceptInvitation({ token, name: "New", password: PASSWORD });
      const both = await Promise.allSettled([accept(), accept()]);
      expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      await expect(accept()).rejects.toMatchObject({ code: "not_found" });
      await expect(stranger().getInvitation({ token })).rejects.toMatchObject({ code: "not_found" });
      expect((await meIn(await logIn("new@people.test"), "airline")).body.scopes).toEqual(ROLES.editor);
    });

    test("that was revoked, has expired or was never made is none", async () => {
      const one = await airline.client.createInvitation({ email: "r@people.test", role: "viewer" });
      await airline.client.revokeInvitation({ invitationId: one.invitation.id });
      const tokens = [one.token, "x".repeat(43)];
      for (const token of tokens) {
        await expect(stranger().getInvitation({ token })).rejects.toMatchObject({ code: "not_found" });
        const accept = stranger().acceptInvitation({ token, name: "R", password: PASSWORD });
        await expect(accept).rejects.toMatchObject({ code: "not_found" });
      }
      const two = await airline.client.createInvitation({ email: "late@people.test", role: "viewer" });
      const { platform } = app;
      const { now } = platform;
      platform.now = () => new Date(Date.now() + LIMITS.invitationMs + 1);
      const late = stranger().acceptInvitation({ token: two.token, name: "Late", password: PASSWORD });
      await expect(late).rejects.toMatchObject({ code: "not_found" });
      platform.now = now;
    });

    test("is accepted by the account with its e-mail and by no other, and never sets its password", async () => {
      const { session } = await memberOf(airline, "two@people.test", "viewer");
      const { session: other } = await memberOf(airline, "three@people.test", "viewer");
      const { token } = await bank.client.createInvitation({ email: "two@people.test", role: "viewer" });
      const offer = await stranger().getInvitation({ token });
      expect(offer.hasAccount).toBe(true);
      const take = stranger().acceptInvitation({ token, name: "Thief", password: "thief's password" });
      await expect(take).rejects.toMatchObject({ code: "conflict" });
      expect((await post(other, `/api/invitations/${token}`, {})).status).toBe(409);
      expect((await post(session, `/api/invitations/${token}`, {})).status).toBe(200);
      expect((await meIn(session, "bank")).status).toBe(200);
      expect((await meIn(session, "airline")).status).toBe(200);
    });

    test("by the operator makes an admin, and the tenant's audit says who invited", async () => {
      const { tenantId } = names;
      const made = await app.operator.client.inviteToTenant({ tenantId, email: "boss@people.test" });
      await stranger().acceptInvitation({ token: made.token, name: "Boss", password: PASSWORD });
      expect((await meIn(await logIn("boss@people.test"), "airline")).body.scopes).toEqual(ROLES.admin);
      const [entry] = (await airline.client.listAudit()).items.filter(
        ({ object }) => object === made.invitation.id,
      );
      expect(entry?.actor).toMatch(/^operator:key_/);
    });
  });

  test("an operator opens the operator's routes and no tenant's", async () => {
    const { id } = await addVouchedPerson(app, { tenant: bank, email: "op@people.test" });
    const session = await logIn("op@people.test");
    expect((await session.fetch()("/api/tenants")).status).toBe(403);
    await app.operator.client.addOperator({ email: "op@people.test" });
    expect((await session.fetch()("/api/tenants")).status).toBe(200);
    expect((await meIn(session, "airline")).status).toBe(404);
    await app.operator.client.removeOperator({ userId: id });
    expect((await session.fetch()("/api/tenants")).status).toBe(403);
  });

  test("nobody becomes operator whose e-mail only a tenant's admin has named", async () => {
    await memberOf(bank, "claimed@people.test", "viewer");
    await expect(app.operator.client.addOperator({ email: "claimed@people.test" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("an Idempotency-Key of a person is not one of a key or of another person", async () => {
    const [one, two] = [
      await memberOf(airline, "idem-1@people.test", "editor"),
      await memberOf(airline, "idem-2@people.test", "editor"),
    ];
    const create = (person: LoggedIn, slug: string) =>
      person.fetch("airline")("/api/prompts", {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": "same" },
        body: JSON.stringify({ slug }),
      });
    expect((await create(one.session, "idem-one")).status).toBe(201);
    expect((await create(one.session, "idem-one")).status).toBe(201);
    expect((await create(two.session, "idem-two")).status).toBe(201);
    expect((await create(one.session, "idem-three")).status).toBe(422);
  });

  test("what people do is theirs in traces and audit", async () => {
    const { id, session } = await memberOf(airline, "doer@people.test", "admin");
    const chat = await session.fetch("airline")("/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "nano", messages: [{ role: "user", content: "hello" }] }),
    });
    expect(chat.status).toBe(200);
    const traceId = chat.headers.get("x-assay-trace-id") ?? "";
    expect((await airline.client.getTrace({ traceId })).keyId).toBeNull();
    await post(session, "/api/prompts", { slug: "by-a-person" });
    const entries = (await airline.client.listAudit()).items;
    expect(entries.find(({ object }) => object === "by-a-person")?.actor).toBe(`user:${id}`);
  });
});
