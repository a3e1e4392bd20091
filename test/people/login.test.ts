import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOrMakeSecretKey } from "@assay/api";
import { LIMITS } from "@assay/core";
import { updateAuthRows } from "@assay/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPerson } from "../kit/add-person.ts";
import { PASSWORD } from "../kit/fill-tenant.ts";
import type { LoggedIn } from "../kit/log-in.ts";
import { openTestApp, type TestApp, type TestTenant } from "../kit/open-test-app.ts";

const ORIGIN = "http://assay.test";
const JSON_TYPE = { "content-type": "application/json" };

function postLogin(app: TestApp, body: unknown, headers: Record<string, string> = {}) {
  const init = {
    method: "POST",
    headers: { ...JSON_TYPE, origin: ORIGIN, ...headers },
    body: JSON.stringify(body),
  };
  return app.fetch("/api/login", init);
}

const problemOf = async (response: Response) => {
  const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>;
  return problem;
};

describe.each(["sqlite", "postgres"] as const)("logging in, on %s", (dialect) => {
  let app: TestApp;
  let airline: TestTenant;
  let bank: TestTenant;
  let userId: string;
  let anna: LoggedIn;
  const email = "anna@people.test";

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    airline = await app.createTenant("airline");
    bank = await app.createTenant("bank");
    userId = (await addPerson(app, { tenant: airline, email, role: "admin" })).id;
    anna = await app.logIn({ email, password: PASSWORD });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const session = (cookie: string) => app.fetch("/api/session", { headers: { cookie } });

  test("answers who it is and which tenants are open, and so does the session afterwards", async () => {
    const response = await postLogin(app, { email: "Anna@People.TEST", password: PASSWORD });
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      user: { id: userId, email, name: email, isOperator: false },
      tenants: [{ slug: "airline", role: "admin", needsSso: false }],
    });
    expect(await (await anna.fetch()("/api/session")).json()).toMatchObject({
      user: body.user,
      tenants: body.tenants,
    });
  });

  test("a wrong password and an unknown e-mail get the same answer, after the same work", async () => {
    const wrong = await postLogin(app, { email, password: "not the password" });
    const unknown = await postLogin(app, { email: "nobody@people.test", password: "not the password" });
    expect([wrong.status, await problemOf(wrong)]).toEqual([unknown.status, await problemOf(unknown)]);
    expect(wrong.status).toBe(401);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    // Unknown e-mails stand in the queue for hashing too, or it would not be full.
    const crowd = Array.from({ length: LIMITS.passwordQueueMax + 8 }, (_, n) =>
      postLogin(app, { email: `nobody-${n}@people.test`, password: "not the password" }),
    );
    const answers = await Promise.all((await Promise.all(crowd)).map(problemOf));
    const count = (wanted: string) => answers.filter(({ code }) => code === wanted).length;
    // Places become free meanwhile, so how many are turned away is not the same each time.
    expect(count("queue_full")).toBeGreaterThan(0);
    expect(count("queue_full") + count("unauthenticated")).toBe(answers.length);
  });

  test("a cookie that we did not sign, that was cut, changed, revoked or has expired opens nothing", async () => {
    const { cookie } = await app.logIn({ email, password: PASSWORD });
    expect((await session(cookie)).status).toBe(200);
    const [name, value = ""] = cookie.split("=", 2);
    const [token = ""] = decodeURIComponent(value).split(".");
    const forged = createHmac("sha256", "another secret").update(token).digest("base64");
    await using other = await openTestApp({ dialect: "sqlite" });
    await addPerson(other, { tenant: await other.createTenant("airline"), email });
    const foreign = await other.logIn({ email, password: PASSWORD });
    const wrong = [
      `${name}=${token}`,
      `${name}=${token}.`,
      `${name}=${encodeURIComponent(`${token}.${forged}`)}`,
      cookie.slice(0, -6),
      cookie.replace(token, token.split("").reverse().join("")),
      `${name}=`,
      `${name}=x.y`,
      `${name}=${"a".repeat(5_000)}`,
      foreign.cookie,
      cookie.replace("assay_session", "better-auth.session_token"),
    ];
    for (const one of wrong) expect((await session(one)).status, one.slice(0, 60)).toBe(401);
    // Expired in the database, and read by a process that has not seen it yet.
    await app.platform.store.writePlatform((tx) =>
      updateAuthRows(tx, "session", {
        where: [{ field: "token", operator: "eq", value: token, connector: "AND", mode: "sensitive" }],
        changes: { expiresAt: new Date(0) },
      }),
    );
    app.platform.people.sessions.forgetUser(userId);
    expect((await session(cookie)).status).toBe(401);
  });

  test("acts in the tenant that the header names, and a foreign tenant is one that does not exist", async () => {
    const me = await anna.fetch("airline")("/api/me");
    expect(await me.json()).toMatchObject({ tenant: { slug: "airline" }, keyId: null, userId });
    const [foreign, unknown] = await Promise.all(
      ["bank", "nobody"].map((slug) => anna.fetch(slug)("/api/me")),
    );
    expect(foreign?.status).toBe(404);
    expect(foreign && (await problemOf(foreign))).toEqual(unknown && (await problemOf(unknown)));
    expect((await anna.fetch()("/api/me")).status).toBe(403);
    expect((await anna.fetch("airline")("/api/tenants")).status).toBe(403);
  });

  test("a request with a key is the key's, whatever cookie comes along", async () => {
    const ask = (key: string) =>
      app.fetch("/api/me", { headers: { ...anna.headers("airline"), authorization: `Bearer ${key}` } });
    expect(await (await ask(bank.key)).json()).toMatchObject({ tenant: { slug: "bank" }, userId: null });
    expect((await ask("ask_nothing")).status).toBe(401);
  });

  test("only our own pages can write with a person's cookie", async () => {
    const create = (headers: Record<string, string>, body = '{"slug":"x"}') =>
      app.fetch("/api/prompts", {
        method: "POST",
        headers: { cookie: anna.cookie, "assay-tenant": "airline", ...JSON_TYPE, ...headers },
        body,
      });
    const foreign = [
      "https://evil.test",
      "null",
      "http://assay.test.evil",
      "https://assay.test",
      "http://assay.test:81",
    ];
    for (const origin of foreign) expect((await create({ origin })).status, origin).toBe(403);
    expect((await create({})).status).toBe(403);
    // What a request says of its own host decides nothing.
    const claims = { origin: "http://evil.test", host: "evil.test", "x-forwarded-host": "evil.test" };
    expect((await create(claims)).status).toBe(403);
    expect((await create({ origin: ORIGIN })).status).toBe(201);
    // A form of another page can name no header and no JSON, and could not even from our own origin.
    const form = { cookie: anna.cookie, origin: ORIGIN, "content-type": "application/x-www-form-urlencoded" };
    expect((await app.fetch("/api/logout", { method: "POST", headers: form, body: "a=b" })).status).toBe(403);
    expect((await session(anna.cookie)).status).toBe(200);
  });

  test("no other page can log somebody in as somebody else", async () => {
    const foreign = await postLogin(app, { email, password: PASSWORD }, { origin: "https://evil.test" });
    expect([foreign.status, foreign.headers.getSetCookie()]).toEqual([403, []]);
    const form = await postLogin(app, { email, password: PASSWORD }, { "content-type": "text/plain" });
    expect(form.status).toBe(403);
  });

  test("one's own sessions are listed and ended, and nobody else's", async () => {
    await addPerson(app, { tenant: airline, email: "other@people.test" });
    const other = await app.logIn({ email: "other@people.test", password: PASSWORD });
    const [one, two] = [
      await app.logIn({ email, password: PASSWORD }),
      await app.logIn({ email, password: PASSWORD }),
    ];
    type Listed = { items: { id: string; isCurrent: boolean }[] };
    const list = async (who: LoggedIn) =>
      ((await (await who.fetch()("/api/sessions")).json()) as Listed).items;
    const current = async (who: LoggedIn) => (await list(who)).find(({ isCurrent }) => isCurrent)?.id ?? "";
    const ofOther = await current(other);
    expect((await list(one)).map(({ id }) => id)).not.toContain(ofOther);
    const end = (who: LoggedIn, id: string) => who.fetch()(`/api/sessions/${id}`, { method: "DELETE" });
    expect((await end(one, ofOther)).status).toBe(404);
    expect((await session(other.cookie)).status).toBe(200);
    expect((await end(one, await current(two))).status).toBe(204);
    expect((await session(two.cookie)).status).toBe(401);
    expect((await one.fetch()("/api/sessions", { method: "DELETE" })).status).toBe(204);
    expect([(await session(anna.cookie)).status, (await session(one.cookie)).status]).toEqual([401, 200]);
    expect((await list(one)).length).toBe(1);
    anna = one;
  });

  test("a password is changed by who knows the old one, and everybody else is out", async () => {
    const mine = await addPerson(app, { tenant: airline, email: "carla@people.test" });
    const [here, there] = [
      await app.logIn({ email: mine.email, password: PASSWORD }),
      await app.logIn({ email: mine.email, password: PASSWORD }),
    ];
    const change = (currentPassword: string, newPassword: string) =>
      here.fetch()("/api/password", {
        method: "POST",
        headers: JSON_TYPE,
        body: JSON.stringify({ currentPassword, newPassword }),
      });
    expect((await change("not the password", "a new password")).status).toBe(422);
    expect((await change(PASSWORD, "short")).status).toBe(422);
    expect((await change(PASSWORD, "a new password")).status).toBe(204);
    expect([(await session(here.cookie)).status, (await session(there.cookie)).status]).toEqual([200, 401]);
    expect((await postLogin(app, { email: mine.email, password: PASSWORD })).status).toBe(401);
    expect((await postLogin(app, { email: mine.email, password: "a new password" })).status).toBe(200);
  });

  test("logging out ends the session wherever its cookie is", async () => {
    const leaving = await app.logIn({ email, password: PASSWORD });
    const response = await leaving.fetch()("/api/logout", { method: "POST" });
    expect(response.headers.getSetCookie()[0]).toMatch(/^assay_session=; Max-Age=0;/);
    expect((await session(leaving.cookie)).status).toBe(401);
  });

  test("whoever fails too often waits, and nobody else does", async () => {
    const target = await addPerson(app, { tenant: airline, email: "target@people.test" });
    const attempt = (password: string) => postLogin(app, { email: target.email, password });
    const failures = LIMITS.loginFailuresPerPairFree;
    // The clock stands still: the wait is a second, and a slow machine needs that long for one attempt.
    const { now } = app.platform;
    const stopped = now();
    app.platform.now = () => stopped;
    for (let n = 0; n < failures; n += 1) expect((await attempt("wrong")).status).toBe(401);
    const waiting = await attempt(PASSWORD);
    expect([waiting.status, Number(waiting.headers.get("retry-after")) >= 1]).toEqual([429, true]);
    expect((await postLogin(app, { email, password: PASSWORD })).status).toBe(200);
    app.platform.now = now;
  });

  test("neither passwords nor cookies are in the log", () => {
    const logged = app.logLines.join("");
    expect(logged).not.toContain(PASSWORD);
    expect(logged).not.toContain(anna.cookie.split("=")[1]);
    expect(logged).not.toContain(email);
  });
});

test("the cookies are out of reach of scripts, of other sites and, over https, of other hosts", async () => {
  const flagsAt = async (origin: string) => {
    await using app = await openTestApp({ dialect: "sqlite", environment: { ASSAY_PUBLIC_URL: origin } });
    const person = await addPerson(app, {
      tenant: await app.createTenant("airline"),
      email: "anna@people.test",
    });
    const response = await postLogin(app, { email: person.email, password: PASSWORD }, { origin });
    const lines = response.headers.getSetCookie();
    return lines.map((line) => line.replace(/^([\w-]+?)(_[0-9a-f]{16})?=[^;]+/, "$1=<signed>"));
  };
  expect(await flagsAt("http://assay.test")).toEqual([
    "assay_session=<signed>; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax",
    "assay_device=<signed>; Max-Age=15552000; Path=/api/login; HttpOnly; SameSite=Lax",
  ]);
  expect(await flagsAt("https://assay.test")).toEqual([
    "__Host-assay_session=<signed>; Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax",
    "assay_device=<signed>; Max-Age=15552000; Path=/api/login; HttpOnly; SameSite=Lax; Secure",
  ]);
});

test("the server does not start on a secret that is short, or that anybody could guess", async () => {
  const folder = await mkdtemp(join(tmpdir(), "assay-secret-"));
  const path = join(folder, "secret.key");
  for (const secret of ["", "secret", "0".repeat(64), "ab".repeat(32), "12345678".repeat(7)]) {
    await writeFile(path, secret);
    await expect(readOrMakeSecretKey(path), secret).rejects.toThrow();
  }
  await rm(folder, { recursive: true });
});
