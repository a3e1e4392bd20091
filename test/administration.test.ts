import { listRoutes } from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillTenant, type Names } from "./kit/fill-tenant.ts";
import { openTestApp, type TestApp, type TestTenant } from "./kit/open-test-app.ts";
import { requestOf, send } from "./kit/route-requests.ts";

const CANARY = "canary-of-acme-19c2";
const FORMULA = '=HYPERLINK("http://evil.test";"click")';

describe.each(["sqlite", "postgres"] as const)("what is told of keys, changes and use on %s", (dialect) => {
  let app: TestApp;
  let acme: TestTenant;
  let rival: TestTenant;
  let names: Names;

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    acme = await app.createTenant("acme");
    rival = await app.createTenant("rival");
    const of = { canary: CANARY, tenantId: acme.tenant.id, chat: acme.chat };
    names = await fillTenant(acme.client, { prefix: "acme", ...of });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const get = (path: string, key: string) => send(app.fetch, { method: "GET", path, body: undefined }, key);

  test("an operator sees tenants in numbers", async () => {
    const { items } = await app.operator.client.listTenantUsage({ days: 7 });
    expect(items.map(({ tenant }) => tenant.slug)).toEqual(["acme", "rival"]);
    const [ofAcme, ofRival] = items;
    expect(ofAcme).toMatchObject({
      limits: { requestsPerMinute: 1_000_000, concurrentRequests: 10_000 },
      members: 1,
      keys: 2,
      served: { requests: 1, failedRequests: 0, costMicros: null, unpricedRequests: 1 },
      // No worker has taken them up.
      evaluations: { runs: 2, requests: 0, costMicros: 0 },
    });
    expect(ofAcme?.fileBytes).toBeGreaterThan(0);
    expect(ofRival).toMatchObject({ served: { requests: 0, costMicros: 0 }, evaluations: { runs: 0 } });
  });

  test("and a page at a time", async () => {
    const first = await app.operator.client.listTenantUsage({ limit: 1 });
    expect(first.items).toHaveLength(1);
    const second = await app.operator.client.listTenantUsage({ limit: 1, cursor: first.nextCursor ?? "" });
    expect(second.items.map(({ tenant }) => tenant.slug)).toEqual(["rival"]);
    expect(second.nextCursor).toBeNull();
  });

  test("no answer to an operator names anything that a tenant has", async () => {
    const own = [names.prompt, names.dataset, names.suite, names.adapter, names.model, names.connection];
    for (const route of listRoutes().filter(
      (each) => each.audience === "operator" && each.method === "GET",
    )) {
      const { status, text } = await send(app.fetch, requestOf(route, names), app.operator.key);
      expect(status, route.name).toBe(200);
      for (const name of [...own, CANARY, names.email, names.keyId, names.runId, names.traceId]) {
        expect(text, route.name).not.toContain(name);
      }
    }
  });

  test("a key says when it last came along, and a refused one never came", async () => {
    const { key, secret } = await acme.client.createKey({ name: "seldom", role: "viewer" });
    const lastUsed = async () => {
      const { items } = await acme.client.listKeys({ limit: 200 });
      return items.find(({ id }) => id === key.id)?.lastUsedAt;
    };
    await get("/api/me", `${secret}x`);
    expect(await lastUsed()).toBeNull();
    const before = Date.now();
    expect((await get("/api/me", secret)).status).toBe(200);
    await expect.poll(lastUsed).not.toBeNull();
    expect(Date.parse((await lastUsed()) ?? "")).toBeGreaterThanOrEqual(before);
  });

  test("an entry of the audit log names the request that made it", async () => {
    const made = await app.fetch("/api/prompts", {
      method: "POST",
      headers: { authorization: `Bearer ${acme.key}`, "content-type": "application/json" },
      body: JSON.stringify({ slug: "traced" }),
    });
    const { items } = await acme.client.listAudit({ action: "prompt.create", limit: 1 });
    expect(items[0]?.requestId).toBe(made.headers.get("x-request-id"));
    expect(items[0]).toMatchObject({ requestId: expect.any(String), actorName: "first admin key" });
  });

  test("the audit log as a file has names, no formula, and nothing of another tenant", async () => {
    const { key, secret } = await acme.client.createKey({ name: FORMULA, role: "admin" });
    const { client } = { client: app.client(secret) };
    await client.createPrompt({ slug: "by-formula" });
    const file = await get(`/api/audit/export?actor=key:${key.id}`, acme.key);
    expect(file.status).toBe(200);
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="audit-acme.csv"');
    const [head, entry, rest] = file.text.split("\r\n");
    expect(head).toBe("time,actor,name,action,object,details,request");
    expect(entry).toContain(`key:${key.id},"'=HYPERLINK(`);
    expect(entry).toContain(",prompt.create,");
    expect(rest).toBe("");
    expect((await get("/api/audit/export", rival.key)).text).not.toMatch(/acme|formula/i);
  });

  test("limits are those of the key that asks, with what the tenant has of everything", async () => {
    const limits = { requestsPerMinute: 90, concurrentRequests: 3 };
    const { secret } = await acme.client.createKey({ name: "small", role: "viewer", limits });
    const told = await app.client(secret).getLimits();
    expect(told.caller).toEqual({ ...limits, requestsLastMinute: 0 });
    expect(told.tenant?.keyLimits).toEqual({ requestsPerMinute: 1_000_000, concurrentRequests: 10_000 });
    expect(told.holdings).toContainEqual({ name: "datasets", used: 1, max: 1_000 });
    const ofRival = await rival.client.getLimits();
    expect(ofRival.tenant?.requestsLastMinute).toBe(0);
    expect(ofRival.holdings.find(({ name }) => name === "datasets")?.used).toBe(0);
    for (const confinement of [{ prompts: [names.prompt] }, { labels: ["production"] }]) {
      const confined = await acme.client.createKey({ name: "one", role: "viewer", ...confinement });
      const toldIt = await app.client(confined.secret).getLimits();
      expect(toldIt).toMatchObject({ caller: { requestsLastMinute: 0 }, tenant: null, holdings: [] });
    }
  });

  test("an adapter says which versions and labels stand on it, to a confined key of its own prompts", async () => {
    const { items } = await acme.client.listAdapterUses({ adapter: names.adapter });
    expect(items).toMatchObject([
      { adapterVersion: 1, prompt: names.prompt, promptVersion: 1, labels: ["production"] },
    ]);
    const see = async (prompt: string) => {
      const { secret } = await acme.client.createKey({ name: prompt, role: "viewer", prompts: [prompt] });
      return (await app.client(secret).listAdapterUses({ adapter: names.adapter })).items;
    };
    expect(await see(names.prompt)).toHaveLength(1);
    expect(await see("traced")).toEqual([]);
  });
});
