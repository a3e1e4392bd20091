import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApp, type TestApp, type TestTenant } from "./kit/open-test-app.ts";

describe.each(["sqlite", "postgres"] as const)("Idempotency-Key on %s", (dialect) => {
  let app: TestApp;
  let acme: TestTenant;
  let rival: TestTenant;

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    acme = await app.createTenant("acme");
    rival = await app.createTenant("rival");
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const create = (tenant: TestTenant, idempotencyKey: string, slug: string) =>
    app.fetch("/api/prompts", {
      method: "POST",
      headers: { authorization: `Bearer ${tenant.key}`, "idempotency-key": idempotencyKey },
      body: JSON.stringify({ slug }),
    });

  test("fifty requests at once with one key make one prompt and get one answer", async () => {
    const responses = await Promise.all(Array.from({ length: 50 }, () => create(acme, "k1", "once")));
    const bodies = new Set(await Promise.all(responses.map((response) => response.text())));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([201]));
    expect(bodies.size).toBe(1);
    const { items } = await acme.client.listAudit({ limit: 200 });
    expect(
      items.filter(({ action, object }) => action === "prompt.create" && object === "once"),
    ).toHaveLength(1);
  });

  test("the same key with another body is refused", async () => {
    const response = await create(acme, "k1", "other");
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: "idempotency_key_reused" });
  });

  test("another tenant's equal key is another key", async () => {
    const response = await create(rival, "k1", "once");
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ slug: "once" });
    expect((await rival.client.listPrompts({})).items).toHaveLength(1);
  });

  test("a refusal is not remembered: the mended request may use the key again", async () => {
    const refused = await create(acme, "k2", "Not A Slug");
    expect(refused.status).toBe(422);
    expect((await create(acme, "k2", "mended")).status).toBe(201);
  });

  test("a key that is no header text or too long is refused", async () => {
    expect((await create(acme, "x".repeat(256), "long")).status).toBe(422);
    expect((await create(acme, "two words", "words")).status).toBe(422);
  });
});
