import { listRoutes } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillTenant, type Names } from "./kit/fill-tenant.ts";
import { openTestApp, type TestApp } from "./kit/open-test-app.ts";
import { requestOf, send } from "./kit/route-requests.ts";

let app: TestApp;
let names: Names;
let other: Names;
let confined: string;

beforeAll(async () => {
  app = await openTestApp({ dialect: "sqlite" });
  const acme = await app.createTenant("acme");
  names = await fillTenant(acme.client, {
    prefix: "own",
    canary: "own",
    tenantId: acme.tenant.id,
    chat: acme.chat,
  });
  other = await fillTenant(acme.client, {
    prefix: "other",
    canary: "other",
    tenantId: acme.tenant.id,
    chat: acme.chat,
  });
  confined = (await acme.client.createKey({ name: "confined", role: "admin", prompts: [names.prompt] }))
    .secret;
});
afterAll(() => app[Symbol.asyncDispose]());

const WRITES = listRoutes().filter((route) => route.audience === "tenant" && route.method !== "GET");

test.each(WRITES.map((route) => [route.name, route] as const))(
  "%s by a key confined to one prompt never touches what belongs to no prompt or to another",
  async (_, route) => {
    const { status, text } = await send(app.fetch, requestOf(route, other), confined);
    // A confined key may still make keys, as confined as itself.
    if (route.name === "createKey")
      expect(JSON.parse(text)).toMatchObject({ key: { prompts: [names.prompt] } });
    else expect(status, `${route.name}: ${text}`).toBe(403);
  },
);

test("within its prompt a confined key works", async () => {
  for (const name of ["createChatCompletion", "addPromptVersion", "startRun"]) {
    const route = WRITES.find((candidate) => candidate.name === name);
    if (route === undefined) throw new Error(`${name} is not a route`);
    const { status, text } = await send(app.fetch, requestOf(route, names), confined);
    expect([200, 201, 202], `${name}: ${text}`).toContain(status);
  }
});
