import { type Client, createClient } from "@assay/client";
import type { Role } from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPerson, addVouchedPerson } from "../kit/add-person.ts";
import { PASSWORD } from "../kit/fill-tenant.ts";
import { openTestApp, type TestApp, type TestTenant } from "../kit/open-test-app.ts";

const ORIGIN = "http://assay.test";

describe.each(["sqlite", "postgres"] as const)("invitations and their makers, on %s", (dialect) => {
  let app: TestApp;
  let airline: TestTenant;
  let bank: TestTenant;

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    airline = await app.createTenant("airline");
    bank = await app.createTenant("bank");
    // Somebody who stays, or the last admin could not go.
    await addPerson(app, { tenant: airline, email: "boss@people.test", role: "admin" });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const stranger = () => createClient({ baseUrl: ORIGIN, fetch: app.fetch });

  /** An admin who asks as a browser does. */
  async function adminOf(tenant: TestTenant, email: string) {
    const { id } = await addPerson(app, { tenant, email, role: "admin" });
    const session = await app.logIn({ email, password: PASSWORD });
    const post = async (path: string, body: object) => {
      const response = await session.fetch(tenant.tenant.slug)(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(201);
      return (await response.json()) as { token: string; secret: string; invitation: { id: string } };
    };
    const key = async () => app.client((await post("/api/keys", { name: "mine", role: "admin" })).secret);
    const invite = (email_: string, role: Role = "viewer") =>
      post("/api/member-invitations", { email: email_, role });
    return { id, invite, key };
  }

  const codeOf = (asked: Promise<unknown>) =>
    asked.then(
      () => "good",
      (error: { code: string }) => error.code,
    );

  const isGood = async (token: string) => {
    const offer = await codeOf(stranger().getInvitation({ token }));
    expect(await codeOf(stranger().acceptInvitation({ token, name: "New", password: PASSWORD }))).toBe(offer);
    return offer;
  };

  const statusOf = async (client: Client, id: string) =>
    (await client.listInvitations()).items.find((one) => one.id === id)?.status;

  test.each(["removed", "lowered"] as const)("those of an admin who is %s end with it", async (how) => {
    const maker = await adminOf(airline, `maker-${how}@people.test`);
    const key = await maker.key();
    const grandchild = app.client((await key.createKey({ name: "its own", scopes: ["admin"] })).secret);
    const open = [
      await maker.invite(`a-${how}@people.test`, "admin"),
      await key.createInvitation({ email: `b-${how}@people.test`, role: "viewer" }),
      await grandchild.createInvitation({ email: `c-${how}@people.test`, role: "viewer" }),
    ];
    const other = await airline.client.createInvitation({ email: `d-${how}@people.test`, role: "viewer" });
    const foreign = await bank.client.createInvitation({ email: `e-${how}@people.test`, role: "viewer" });
    const userId = maker.id;
    if (how === "removed") await airline.client.removeMember({ userId });
    else await airline.client.setMemberRole({ userId, role: "promoter" });
    for (const { token, invitation } of open) {
      expect(await statusOf(airline.client, invitation.id)).toBe("revoked");
      expect(await isGood(token)).toBe("not_found");
    }
    const entries = (await airline.client.listAudit()).items.filter(
      ({ action, object }) =>
        action === "invitation.revoke" && open.some(({ invitation }) => invitation.id === object),
    );
    const because = how === "removed" ? "member.remove" : "member.role";
    expect(entries.map(({ details }) => details.because)).toEqual([because, because, because]);
    expect(await isGood(other.token)).toBe("good");
    expect(await isGood(foreign.token)).toBe("good");
  });

  test("those of an admin who becomes admin again or stays one go on", async () => {
    const maker = await adminOf(airline, "stays@people.test");
    const { token } = await maker.invite("guest-of-stays@people.test");
    await airline.client.setMemberRole({ userId: maker.id, role: "admin" });
    expect(await isGood(token)).toBe("good");
  });

  test("those of a revoked key end with it, and the ones of the key it made do not", async () => {
    const { secret, key } = await airline.client.createKey({ name: "leaked", scopes: ["admin"] });
    const leaked = app.client(secret);
    const child = app.client((await leaked.createKey({ name: "child", scopes: ["admin"] })).secret);
    const mine = await leaked.createInvitation({ email: "of-leaked@people.test", role: "admin" });
    const childs = await child.createInvitation({ email: "of-child@people.test", role: "viewer" });
    await airline.client.revokeKey({ keyId: key.id });
    expect([await statusOf(airline.client, mine.invitation.id), await isGood(mine.token)]).toEqual([
      "revoked",
      "not_found",
    ]);
    expect(await isGood(childs.token)).toBe("good");
  });

  test("those of a key that expired are worth as little as the key", async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const { secret } = await airline.client.createKey({ name: "short", scopes: ["admin"], expiresAt });
    const short = app.client(secret);
    const before = await short.createInvitation({ email: "before@people.test", role: "viewer" });
    const after = await short.createInvitation({ email: "after@people.test", role: "admin" });
    expect(await isGood(before.token)).toBe("good");
    const { now } = app.platform;
    app.platform.now = () => new Date(expiresAt);
    expect(await isGood(after.token)).toBe("not_found");
    app.platform.now = now;
  });

  // Made in the very moment of the removal, or by whoever lost the right in another way: the row says open.
  test("what is open and not meant any more cannot be accepted", async () => {
    const maker = await adminOf(airline, "gone@people.test");
    const { token, invitation } = await maker.invite("guest-of-gone@people.test", "admin");
    await airline.client.setMemberRole({ userId: maker.id, role: "editor" });
    await app.platform.store.writePlatform(async ({ session: { db, tables } }) => {
      await db.update(tables.invitations).set({ revokedAt: null });
    });
    expect(await statusOf(airline.client, invitation.id)).toBe("open");
    expect(await isGood(token)).toBe("not_found");
    await airline.client.setMemberRole({ userId: maker.id, role: "admin" });
    expect(await isGood(token)).toBe("good");
  });

  test("an operator's are good while they are an operator", async () => {
    const email = `op-${dialect}@people.test`;
    const { id: userId } = await addVouchedPerson(app, { tenant: bank, email });
    await app.operator.client.addOperator({ email });
    const session = await app.logIn({ email, password: PASSWORD });
    const invite = async (guest: string) => {
      const response = await session.fetch()(`/api/tenants/${airline.tenant.id}/invitations`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: guest }),
      });
      return ((await response.json()) as { token: string }).token;
    };
    const [one, two] = [await invite("one-of-op@people.test"), await invite("two-of-op@people.test")];
    expect(await isGood(one)).toBe("good");
    await app.operator.client.removeOperator({ userId });
    expect(await isGood(two)).toBe("not_found");
  });
});
