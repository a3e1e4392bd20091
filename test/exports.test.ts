import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillTenant, type Names } from "./kit/fill-tenant.ts";
import { openTestApp, type TestApp, type TestTenant } from "./kit/open-test-app.ts";

describe("answers that are made as they are read", () => {
  let app: TestApp;
  let acme: TestTenant;
  let names: Names;

  beforeAll(async () => {
    app = await openTestApp({ dialect: "sqlite" });
    acme = await app.createTenant("acme");
    const of = { canary: "canary", tenantId: acme.tenant.id, chat: acme.chat };
    names = await fillTenant(acme.client, { prefix: "acme", ...of });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const FILES = [
    ["a dataset", () => `/api/datasets/${names.dataset}/versions/1/export?format=csv`],
    ["the audit log", () => "/api/audit/export"],
  ] as const;

  /** A key that may ask one thing at a time. */
  async function keyOfOne(): Promise<(path: string, method?: string) => Promise<Response>> {
    const limits = { concurrentRequests: 1 };
    const { secret } = await acme.client.createKey({ name: "limited", role: "admin", limits });
    return (path, method = "GET") =>
      app.fetch(path, { method, headers: { authorization: `Bearer ${secret}` } });
  }

  test.each(FILES)("%s as a file is saved, not shown, and kept by no cache", async (_, pathOf) => {
    const ask = await keyOfOne();
    const { status, headers } = await ask(pathOf());
    expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(headers.get("content-disposition")).toMatch(/^attachment; filename="[a-z0-9-]+\.csv"$/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  test.each(FILES)("%s as a file holds its caller's place until it has been read", async (_, pathOf) => {
    const ask = await keyOfOne();
    const file = await ask(pathOf());
    expect((await ask("/api/me")).status).toBe(429);
    expect((await file.text()).length).toBeGreaterThan(0);
    expect((await ask("/api/me")).status).toBe(200);
    await (await ask(pathOf())).body?.cancel();
    expect((await ask("/api/me")).status).toBe(200);
  });

  test.each([...FILES, ["a run's events", () => `/api/runs/${names.runId}/events`] as const])(
    "%s asked for by HEAD, of which nobody reads a body, hold no place",
    async (_, pathOf) => {
      const ask = await keyOfOne();
      expect((await ask(pathOf(), "HEAD")).status).toBe(200);
      expect((await ask("/api/me")).status).toBe(200);
    },
  );
});
