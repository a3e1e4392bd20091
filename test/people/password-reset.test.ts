import { createClient } from "@assay/client";
import { LIMITS, type Role } from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPerson, addVouchedPerson } from "../kit/add-person.ts";
import { PASSWORD } from "../kit/fill-tenant.ts";
import { openTestApp, type TestApp, type TestTenant } from "../kit/open-test-app.ts";

const ORIGIN = "http://assay.test";
const NEW = "a brand new password";

describe.each(["sqlite", "postgres"] as const)("a password reset, on %s", (dialect) => {
  let app: TestApp;
  let airline: TestTenant;
  let bank: TestTenant;
  let count = 0;

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    airline = await app.createTenant("airline");
    bank = await app.createTenant("bank");
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const stranger = () => createClient({ baseUrl: ORIGIN, fetch: app.fetch });
  const use = (resetToken: string, password = NEW) =>
    stranger().acceptPasswordReset({ resetToken, password });

  async function personOf(tenant: TestTenant, role: Role = "viewer") {
    count += 1;
    const email = `person-${count}@people.test`;
    const { id } = await addPerson(app, { tenant, email, role });
    return { id, email };
  }

  const logIn = (email: string, password: string) => app.logIn({ email, password });
  const make = (tenant: TestTenant, userId: string) => tenant.client.createPasswordReset({ userId });

  async function joinBank(email: string): Promise<void> {
    const { token } = await bank.client.createInvitation({ email, role: "viewer" });
    const session = await logIn(email, PASSWORD);
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
    expect((await session.fetch()(`/api/invitations/${token}`, init)).status).toBe(200);
  }

  test("by an admin gives a new password once, ends all sessions, and is seen by the tenant", async () => {
    const { id, email } = await personOf(airline);
    const session = await logIn(email, PASSWORD);
    const { token, link, expiresAt } = await make(airline, id);
    expect(link).toBe(`${ORIGIN}/password-resets/${token}`);
    expect(await stranger().getPasswordReset({ resetToken: token })).toEqual({ email, expiresAt });
    expect((await session.fetch("airline")("/api/me")).status).toBe(200);
    await use(token);
    expect((await session.fetch("airline")("/api/me")).status).toBe(401);
    await expect(logIn(email, PASSWORD)).rejects.toThrow("401");
    expect((await (await logIn(email, NEW)).fetch("airline")("/api/me")).status).toBe(200);
    await expect(use(token, PASSWORD)).rejects.toMatchObject({ code: "not_found" });
    const actions = (await airline.client.listAudit()).items
      .filter(({ object }) => object === id)
      .map(({ action }) => action);
    expect(actions).toEqual(["member.password_was_reset", "member.reset_password", "member.join"]);
  });

  test("that was replaced, has expired, is another person's or was never made is none", async () => {
    const { id } = await personOf(airline);
    const other = await personOf(airline);
    const first = await make(airline, id);
    const { token } = await make(airline, id);
    const [, secret = ""] = token.split(".");
    await make(airline, other.id);
    const wrong = [first.token, `${other.id}.${secret}`, `${id}.${"x".repeat(43)}`];
    for (const one of wrong) {
      await expect(use(one)).rejects.toMatchObject({ code: "not_found" });
      await expect(stranger().getPasswordReset({ resetToken: one })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    const { now } = app.platform;
    app.platform.now = () => new Date(Date.now() + LIMITS.passwordResetMs);
    await expect(use(token)).rejects.toMatchObject({ code: "not_found" });
    app.platform.now = now;
    await use(token);
  });

  test("is no way for an admin into an account that is also elsewhere, whenever that became so", async () => {
    const shared = await personOf(airline);
    const before = await make(airline, shared.id);
    await joinBank(shared.email);
    for (const tenant of [airline, bank])
      await expect(make(tenant, shared.id)).rejects.toMatchObject({ code: "conflict" });
    await expect(use(before.token)).rejects.toMatchObject({ code: "not_found" });
    const banker = await personOf(bank);
    await expect(make(airline, banker.id)).rejects.toMatchObject({ code: "not_found" });
    await logIn(shared.email, PASSWORD);
  });

  test("is no way for an admin into an operator, nor to become one afterwards", async () => {
    const email = `vouched-${dialect}@people.test`;
    const { id } = await addVouchedPerson(app, { tenant: airline, email });
    const before = await make(airline, id);
    await app.operator.client.addOperator({ email });
    await expect(make(airline, id)).rejects.toMatchObject({ code: "conflict" });
    await expect(use(before.token)).rejects.toMatchObject({ code: "not_found" });
    await app.operator.client.removeOperator({ userId: id });
    await use((await make(airline, id)).token);
    await expect(app.operator.client.addOperator({ email })).rejects.toMatchObject({ code: "conflict" });
  });

  test("is worth what its maker could still make, and nobody makes one for themselves", async () => {
    const admin = await personOf(airline, "admin");
    const member = await personOf(airline);
    const session = await logIn(admin.email, PASSWORD);
    const ask = (userId: string) =>
      session.fetch("airline")(`/api/members/${userId}/password-reset`, { method: "PUT" });
    expect((await ask(admin.id)).status).toBe(409);
    const made = (await (await ask(member.id)).json()) as { token: string };
    await personOf(airline, "admin");
    await airline.client.setMemberRole({ userId: admin.id, role: "editor" });
    await expect(use(made.token)).rejects.toMatchObject({ code: "not_found" });
    expect((await ask(member.id)).status).toBe(403);
  });

  test("made by a key is worth nothing from when the key expires", async () => {
    const { id, email } = await personOf(airline);
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const { secret } = await airline.client.createKey({ name: "short", scopes: ["admin"], expiresAt });
    const { token } = await app.client(secret).createPasswordReset({ userId: id });
    const { now } = app.platform;
    app.platform.now = () => new Date(expiresAt);
    await expect(use(token)).rejects.toMatchObject({ code: "not_found" });
    app.platform.now = now;
    await logIn(email, PASSWORD);
    await use(token);
  });

  test("by an operator is for anybody, and every tenant of theirs sees it", async () => {
    const shared = await personOf(airline);
    await joinBank(shared.email);
    const { token } = await app.operator.client.createPasswordResetByEmail({ email: shared.email });
    await use(token);
    await logIn(shared.email, NEW);
    for (const tenant of [airline, bank]) {
      const { items } = await tenant.client.listAudit();
      const seen = items.filter(({ object, action }) => object === shared.id && action.includes("password"));
      expect(seen.map(({ action }) => action)).toEqual([
        "member.password_was_reset",
        "member.reset_password",
      ]);
      expect(seen[0]?.details.madeBy).toMatch(/^operator:/);
    }
    const nobody = app.operator.client.createPasswordResetByEmail({ email: "nobody@people.test" });
    await expect(nobody).rejects.toMatchObject({ code: "not_found" });
  });

  test("joining another tenant needs a session that is still there", async () => {
    const { id, email } = await personOf(airline);
    const session = await logIn(email, PASSWORD);
    const { token } = await bank.client.createInvitation({ email, role: "viewer" });
    const { sessions } = app.platform.people;
    // As in another process, which has not heard of the reset yet.
    app.platform.people.sessions = { ...sessions, forgetUser: () => undefined };
    expect((await session.fetch("airline")("/api/me")).status).toBe(200);
    await use((await make(airline, id)).token);
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
    expect((await session.fetch()(`/api/invitations/${token}`, init)).status).toBe(401);
    app.platform.people.sessions = sessions;
    expect((await stranger().getInvitation({ token })).email).toBe(email);
  });
});
