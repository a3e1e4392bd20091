import { createClient } from "@assay/client";
import { lockUser, setPasswordHash } from "@assay/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPerson } from "../kit/add-person.ts";
import { PASSWORD } from "../kit/fill-tenant.ts";
import { openTestApp, type TestApp, type TestTenant } from "../kit/open-test-app.ts";

const NEW = "a brand new password";
const CLIENT = { address: null, userAgent: null };

describe.each(["sqlite", "postgres"] as const)("whoever knew the old password, on %s", (dialect) => {
  let app: TestApp;
  let airline: TestTenant;

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    airline = await app.createTenant("airline");
  });
  afterAll(() => app[Symbol.asyncDispose]());

  async function proven(email: string) {
    const { id } = await addPerson(app, { tenant: airline, email });
    const password = await app.platform.people.logins.provePassword({ email }, PASSWORD);
    if (password === undefined) throw new Error("the password is right");
    expect(password.userId).toBe(id);
    return password;
  }

  async function changeOwn(email: string, newPassword: string): Promise<number> {
    const own = await app.logIn({ email, password: PASSWORD });
    const body = JSON.stringify({ currentPassword: PASSWORD, newPassword });
    const headers = { "content-type": "application/json" };
    return (await own.fetch()("/api/password", { method: "POST", headers, body })).status;
  }

  test("gets no session when the password is changed between its proof and the log-in", async () => {
    const email = "changed@people.test";
    const password = await proven(email);
    expect(await changeOwn(email, NEW)).toBe(204);
    expect(await app.platform.people.logins.openSessionByPassword(password, CLIENT)).toBeUndefined();
    await app.logIn({ email, password: NEW });
  });

  test("gets no session when the password is reset between its proof and the log-in", async () => {
    const password = await proven("reset@people.test");
    const { token } = await airline.client.createPasswordReset({ userId: password.userId });
    const stranger = createClient({ baseUrl: "http://assay.test", fetch: app.fetch });
    await stranger.acceptPasswordReset({ resetToken: token, password: NEW });
    expect(await app.platform.people.logins.openSessionByPassword(password, CLIENT)).toBeUndefined();
  });

  test("gets a session or none after the change that is under way, and never beside it", async () => {
    const password = await proven("beside@people.test");
    const { logins } = app.platform.people;
    const hash = await logins.hashPassword(NEW);
    const isLocked = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const order: string[] = [];
    const change = app.platform.store.writePlatform(async (tx) => {
      await lockUser(tx, password.userId);
      isLocked.resolve();
      await mayEnd.promise;
      await setPasswordHash(tx, password.userId, hash);
      order.push("changed");
    });
    await isLocked.promise;
    const opening = logins.openSessionByPassword(password, CLIENT).finally(() => order.push("asked"));
    // Other work of the database's gets done meanwhile.
    for (let n = 0; n < 20; n++) await airline.client.listMembers();
    mayEnd.resolve();
    expect(await opening).toBeUndefined();
    await change;
    expect(order).toEqual(["changed", "asked"]);
  });

  test("cannot change it after another change", async () => {
    const email = "twice@people.test";
    await proven(email);
    const { people } = app.platform;
    const { logins } = people;
    // The other change is made after this one has proven the old password.
    people.logins = {
      ...logins,
      hashPassword: async (text) => {
        people.logins = logins;
        const hash = await logins.hashPassword("the owner's own one");
        const user = (await logins.provePassword({ email }, PASSWORD))?.userId ?? "";
        await app.platform.store.writePlatform((tx) => setPasswordHash(tx, user, hash));
        return await logins.hashPassword(text);
      },
    };
    expect(await changeOwn(email, NEW)).toBe(422);
    await app.logIn({ email, password: "the owner's own one" });
  });
});
