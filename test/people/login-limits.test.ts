import { createClient } from "@assay/client";
import { LIMITS } from "@assay/core";
import { describe, expect, test } from "vitest";
import { addPerson } from "../kit/add-person.ts";
import { PASSWORD } from "../kit/fill-tenant.ts";
import { logIn, sessionOf } from "../kit/log-in.ts";
import { openTestApp, type TestApp } from "../kit/open-test-app.ts";

const ORIGIN = "http://assay.test";
const PROXY = "10.0.0.1";

interface Sent {
  headers?: Record<string, string>;
  [member: string]: unknown;
}

async function openScene() {
  const environment = { ASSAY_TRUSTED_PROXIES: "10.0.0.0/24" };
  const app = await openTestApp({ dialect: "sqlite", environment });
  const tenant = await app.createTenant("airline");
  // Nothing waits for real time to pass, and nothing passes because it did.
  const at = new Date();
  app.platform.now = () => at;
  const post = (from: typeof fetch, path: string, { headers, ...body }: Sent) =>
    from(path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: ORIGIN, ...headers },
      body: JSON.stringify(body),
    });
  const attempt = (from: typeof fetch, sent: Sent) =>
    post(from, "/api/login", { email: "anna@people.test", password: PASSWORD, ...sent });
  /** As the proxy passes on what it was asked from an address. */
  const behindProxy =
    (address: string): typeof fetch =>
    (path, init) => {
      const headers = new Headers(init?.headers);
      headers.append("x-forwarded-for", address);
      return app.fetchFrom(PROXY)(path, { ...init, headers });
    };
  return { app, tenant, post, attempt, behindProxy };
}

/** Failures are counted here and no password is looked at: what is tested is who waits for them. */
function failInNumbers(
  app: TestApp,
  count: number,
  whoOf: (n: number) => { email: string; network: string },
): void {
  for (let n = 0; n < count; n += 1) app.platform.people.attempts.enter({ ...whoOf(n), device: null });
}

/** No password is looked at before the answer is called: how fast that goes decides nothing. */
function holdPasswords({ platform: { people } }: TestApp): () => void {
  const { logins } = people;
  const mayLook = Promise.withResolvers<void>();
  people.logins = {
    ...logins,
    provePassword: async (...asked) => {
      await mayLook.promise;
      return await logins.provePassword(...asked);
    },
  };
  return mayLook.resolve;
}

const retryAfter = (response: Response) => Number(response.headers.get("retry-after"));

describe("an address", () => {
  test("behind a trusted proxy is the client's: one who fails locks out nobody else, whatever they claim", async () => {
    const { app, tenant, attempt, behindProxy } = await openScene();
    await using _ = app;
    await addPerson(app, { tenant, email: "anna@people.test" });
    const attacker = behindProxy("203.0.113.66");
    const claims = { email: "nobody@people.test", headers: { "x-forwarded-for": "203.0.113.5" } };
    expect((await attempt(attacker, claims)).status).toBe(401);
    failInNumbers(app, LIMITS.loginFailuresPerAddressFree - 1, (n) => ({
      email: `nobody-${n}@people.test`,
      network: "203.0.113.66",
    }));
    const refused = await attempt(attacker, claims);
    expect([refused.status, retryAfter(refused) > 0]).toEqual([429, true]);
    expect((await attempt(behindProxy("203.0.113.5"), {})).status).toBe(200);
    // Of somebody who is no proxy the header says nothing.
    const direct = await attempt(app.fetchFrom("203.0.113.7"), {
      headers: { "x-forwarded-for": "203.0.113.5" },
    });
    const { fetch: ask } = sessionOf(direct, { origin: ORIGIN, fetch: app.fetch });
    const { items } = (await (await ask()("/api/sessions")).json()) as { items: { ipAddress: string }[] };
    expect(items.map(({ ipAddress }) => ipAddress).slice(0, 2)).toEqual(["203.0.113.7", "203.0.113.5"]);
  });

  test("of IPv6 counts with its whole /64, for log-ins and for what anybody may ask", async () => {
    const { app, attempt } = await openScene();
    await using _ = app;
    const email = "nobody@people.test";
    failInNumbers(app, LIMITS.loginFailuresPerPairFree, () => ({ email, network: "2001:db8:2:2" }));
    expect((await attempt(app.fetchFrom("2001:db8:2:2:ffff::1"), { email })).status).toBe(429);
    expect((await attempt(app.fetchFrom("2001:db8:2:3::1"), { email })).status).toBe(401);
    const ask = (address: string) => app.fetchFrom(address)(`/api/invitations/${"x".repeat(43)}`);
    for (let n = 0; n < LIMITS.feedbackPerAddressPerMinuteMax; n += 1)
      expect((await ask(`2001:db8:1:2::${n.toString(16)}`)).status).toBe(404);
    expect((await ask("2001:db8:1:2:ffff::1")).status).toBe(429);
    expect((await ask("2001:db8:1:3::1")).status).toBe(404);
  });
});

test("a device that has logged in gets in while strangers everywhere guess at its account", async () => {
  const { app, tenant, attempt } = await openScene();
  await using _ = app;
  const email = "anna@people.test";
  await addPerson(app, { tenant, email });
  const home = app.fetchFrom("203.0.113.5");
  const cookieOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((line) => line.split(";", 1)[0])
      .join("; ");
  const cookie = cookieOf(await attempt(home, {}));
  expect(cookie).toMatch(/^assay_session=.+; assay_device_/);
  failInNumbers(app, LIMITS.loginFailuresPerAccountFree, (n) => ({ email, network: `198.51.100.${n}` }));
  const stranger = await attempt(home, {});
  expect([stranger.status, retryAfter(stranger) > 0]).toEqual([429, true]);
  expect((await attempt(home, { headers: { cookie } })).status).toBe(200);
  expect((await attempt(home, { headers: { cookie: cookie.slice(0, -1) } })).status).toBe(429);
  // Somebody else's proof is none for this account.
  await addPerson(app, { tenant, email: "ben@people.test" });
  const bens = cookieOf(await attempt(home, { email: "ben@people.test" }));
  expect((await attempt(home, { headers: { cookie: bens } })).status).toBe(429);
});

describe("one person who keeps the machine busy", () => {
  test("stands in the queue once, and everybody else gets in meanwhile", async () => {
    const { app, tenant, post, attempt } = await openScene();
    await using _ = app;
    for (const name of ["eve", "anna"]) await addPerson(app, { tenant, email: `${name}@people.test` });
    const from = app.fetchFrom("203.0.113.66");
    const eve = await logIn(
      { origin: ORIGIN, fetch: app.fetch },
      { email: "eve@people.test", password: PASSWORD },
    );
    const change = () =>
      post(from, "/api/password", {
        currentPassword: PASSWORD,
        newPassword: PASSWORD,
        headers: { cookie: eve.cookie },
      });
    const mayLook = holdPasswords(app);
    let told = 0;
    const counted = async (answer: Promise<Response>) => {
      const response = await answer;
      told += 1;
      return response;
    };
    const asked = [
      ...Array.from({ length: 20 }, () => change()),
      ...Array.from({ length: 20 }, () => attempt(from, { email: "eve@people.test" })),
      ...Array.from({ length: 20 }, (__, n) => attempt(from, { email: `nobody-${n}@people.test` })),
    ].map(counted);
    const anna = attempt(app.fetchFrom("203.0.113.5"), {});
    // Who is turned away hears it at once; who has a place waits.
    await expect.poll(() => told).toBe(asked.length - 1 - LIMITS.passwordsPerNetworkMax);
    mayLook();
    expect((await anna).status).toBe(200);
    const answers = await Promise.all(asked);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.every((one) => retryAfter(one) >= 1)).toBe(true);
    const done = (status: number, part: Response[]) => part.filter((one) => one.status === status).length;
    expect(done(204, answers.slice(0, 20))).toBe(1);
    expect(done(200, answers.slice(20, 40))).toBe(1);
    expect(done(401, answers.slice(40))).toBe(LIMITS.passwordsPerNetworkMax - 1);
    const codes = await Promise.all(
      refused.map(async (one) => ((await one.json()) as { code: string }).code),
    );
    expect(codes).toContain("queue_full");
  });

  test("by changing a password over and over is stopped", async () => {
    const { app, tenant, post } = await openScene();
    await using _ = app;
    const { id: eveId } = await addPerson(app, { tenant, email: "eve@people.test" });
    const eve = await logIn(
      { origin: ORIGIN, fetch: app.fetch },
      { email: "eve@people.test", password: PASSWORD },
    );
    const change = () =>
      post(app.fetch, "/api/password", {
        currentPassword: PASSWORD,
        newPassword: PASSWORD,
        headers: { cookie: eve.cookie },
      });
    const { passwordChanges } = app.platform.people.quotas;
    for (let n = 1; n < LIMITS.passwordChangesPerPersonMax; n += 1) passwordChanges.spend(eveId);
    expect((await change()).status).toBe(204);
    const stopped = await change();
    expect([stopped.status, retryAfter(stopped) > 0]).toEqual([429, true]);
  });

  test("by logging in over and over is stopped, and nobody else is", async () => {
    const { app, tenant, attempt } = await openScene();
    await using _ = app;
    for (const name of ["eve", "anna"]) await addPerson(app, { tenant, email: `${name}@people.test` });
    const email = "eve@people.test";
    for (let n = 1; n < LIMITS.loginsPerAccountMax; n += 1) app.platform.people.quotas.logins.spend(email);
    expect((await attempt(app.fetch, { email })).status).toBe(200);
    const stopped = await attempt(app.fetch, { email });
    expect([stopped.status, retryAfter(stopped) > 0]).toEqual([429, true]);
    expect((await attempt(app.fetch, {})).status).toBe(200);
  });

  test("by making accounts from one address is stopped before it is hashed for", async () => {
    const { app, tenant } = await openScene();
    await using _ = app;
    const { quotas } = app.platform.people;
    for (let n = 0; n < LIMITS.acceptancesPerNetworkMax; n += 1) quotas.acceptances.spend("203.0.113.66");
    const accept = async (address: string) => {
      const { token } = await tenant.client.createInvitation({
        email: `${address}@people.test`,
        role: "viewer",
      });
      const stranger = createClient({ baseUrl: ORIGIN, fetch: app.fetchFrom(address) });
      return await stranger.acceptInvitation({ token, name: "New", password: PASSWORD });
    };
    await expect(accept("203.0.113.66")).rejects.toMatchObject({ code: "rate_limit_exceeded" });
    expect((await accept("203.0.113.5")).tenants.length).toBe(1);
  });
});
