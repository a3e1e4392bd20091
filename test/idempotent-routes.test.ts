import { listRoutes } from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillTenant, type Names } from "./kit/fill-tenant.ts";
import { openTestApp, type TestApp, type TestTenant } from "./kit/open-test-app.ts";
import { requestOf, send } from "./kit/route-requests.ts";

const ROUTES = listRoutes();
const STORING_NOTHING = ROUTES.filter((route) => route.storesNothing);
const WORKING_BEFORE = ROUTES.filter((route) => route.worksBeforeWrite);
/** What makes the example of a route reach its work and its write. */
const CHANGES: Record<string, object> = {
  startRun: { selection: { sample: { cases: 1 } } },
  addCasesFromTraces: { preview: false },
};

test("only a tenant's POST that answers JSON says how it takes an idempotency key, and in one way", () => {
  for (const route of [...STORING_NOTHING, ...WORKING_BEFORE]) {
    expect([route.method, route.audience, route.output.kind]).toEqual(["POST", "tenant", "json"]);
    expect(route.storesNothing && route.worksBeforeWrite).toBeFalsy();
  }
});

describe.each(["sqlite", "postgres"] as const)("an idempotency key on %s", (dialect) => {
  let app: TestApp;
  let acme: TestTenant;
  let names: Names;

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    acme = await app.createTenant("acme");
    names = await fillTenant(acme.client, {
      prefix: "acme",
      canary: "canary",
      tenantId: acme.tenant.id,
      chat: acme.chat,
    });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const keysStored = () =>
    app.platform.store.forTenant(acme.tenant.id).read((tx) => tx.count(tx.tables.idempotencyKeys));
  const headers = (key: string) => ({ authorization: `Bearer ${acme.key}`, "idempotency-key": key });

  test.each(STORING_NOTHING)("takes no write for $name", async (route) => {
    const before = await keysStored();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const writer = app.platform.store.forTenant(acme.tenant.id).record(() => held);
    const answer = await send(app.fetch, requestOf(route, names), headers("held"));
    release();
    await writer;
    expect(answer.status).toBe(200);
    expect(await keysStored()).toBe(before);
  });

  // The work is refused within a write, so an answer proves where it was done. A queue is filled from a run that has
  // ended, by the client and so with a key, in web/annotation.test.ts.
  test.each(WORKING_BEFORE.filter(({ name }) => name in CHANGES))(
    "has $name done once, its work before the write",
    async (route) => {
      const example = requestOf(route, names);
      const request = {
        ...example,
        body: JSON.stringify({ ...JSON.parse(String(example.body)), ...CHANGES[route.name] }),
      };
      const audited = async () => (await acme.client.listAudit({ limit: 200 })).items.length;
      const before = await audited();
      const ask = (sent: typeof request) => send(app.fetch, sent, headers(`once-${route.name}`));
      const answers = await Promise.all([request, request, request].map(ask));
      answers.push(await ask(request));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => answers[0]?.status));
      expect(answers[0]?.status).toBeLessThan(300);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await audited()).toBe(before + 1);
      const other = await ask({ ...request, body: `${request.body} ` });
      expect(other.status).toBe(422);
      expect(other.text).toContain("idempotency_key_reused");
    },
  );
});
