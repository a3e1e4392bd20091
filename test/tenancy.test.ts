import { listRoutes, type Route } from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillTenant, type Names, UNKNOWN } from "./kit/fill-tenant.ts";
import { openTestApp, type TestApp, type TestTenant } from "./kit/open-test-app.ts";
import { seededRandom } from "./kit/random.ts";
import { exampleBody, type JsonBodied, requestOf, send } from "./kit/route-requests.ts";
import { snapshotOf } from "./kit/snapshot.ts";

const CANARY = "canary-of-acme-7f3a";
const TENANT_ROUTES = listRoutes().filter((route) => route.audience === "tenant");
const NAMED = TENANT_ROUTES.filter((route) => /\{/.test(route.path));

const CONTENT = { messages: [{ role: "system", content: "Hello." }], model: "nano" };
const CHAT_ADDRESSES: ((names: Names) => string)[] = [
  (n) => `prompt:${n.prompt}`,
  (n) => `prompt:${n.prompt}@production`,
  (n) => `prompt:${n.prompt}@1`,
  (n) => `adapter:${n.adapter}@1`,
  (n) => n.model,
];
type Naming = (names: Names) => Record<string, unknown>;

/**
 * Fields of bodies that name other things; each is tried by itself, with a foreign and with an unknown name. Null where
 * a body names nothing. A route with a JSON body and without a row here does not compile.
 */
const NAMING_FIELDS: Record<JsonBodied, Naming[] | null> = {
  createChatCompletion: CHAT_ADDRESSES.map((address) => (n) => ({ model: address(n) })),
  createCompletion: [(n) => ({ model: n.model }), (n) => ({ model: `adapter:${n.adapter}@1` })],
  // What a key is confined to are words that its requests are compared with; they are never looked up.
  createKey: null,
  createTenant: null,
  setTenantLimits: null,
  // People are asked about in their own names; members and invitations are named in paths.
  login: null,
  changePassword: null,
  acceptInvitation: null,
  acceptPasswordReset: null,
  createPasswordResetByEmail: null,
  createInvitation: null,
  setMemberRole: null,
  setIdentityProvider: null,
  addOperator: null,
  inviteToTenant: null,
  createConnection: null,
  updateConnection: null,
  createHostedModel: [(n) => ({ connection: n.connection })],
  createAdapter: [(n) => ({ baseModel: n.model })],
  createPrompt: null,
  addPromptVersion: [
    (n) => ({ content: { ...CONTENT, model: n.model } }),
    (n) => ({ content: { ...CONTENT, adapter: `${n.adapter}@1` } }),
  ],
  // A name that it does not find is a problem of the content, whoever has it: see check-prompt.test.ts.
  checkPrompt: null,
  putPromptDraft: null,
  moveLabel: null,
  rollbackLabel: null,
  derivePromptVersion: [(n) => ({ model: n.model }), (n) => ({ adapter: `${n.adapter}@1` })],
  proposeChange: null,
  approveChange: null,
  rejectChange: null,
  withdrawChange: null,
  setGate: [(n) => ({ suite: n.suite })],
  createDataset: null,
  changeDataset: null,
  putSuite: [(n) => ({ prompt: n.prompt }), (n) => ({ dataset: n.dataset })],
  setTraceSettings: null,
  addCasesFromTraces: [(n) => ({ traces: [n.traceId] })],
  // Its token names tenant and trace, and nobody but us can write one: see feedback.test.ts.
  createFeedback: null,
  createAnnotationQueue: [(n) => ({ prompt: n.prompt })],
  fillAnnotationQueue: [(n) => ({ run: n.runId })],
  labelAnnotation: null,
  startRun: [(n) => ({ suite: n.suite })],
  streamPlaygroundCompletion: [
    (n) => ({ prompt: n.prompt }),
    (n) => ({ content: { ...CONTENT, model: n.model } }),
    (n) => ({ content: { ...CONTENT, adapter: `${n.adapter}@1` } }),
  ],
  scorePlaygroundOutput: [(n) => ({ suite: n.suite })],
  planRun: [(n) => ({ suite: n.suite })],
};
const NAMED_IN_BODIES = Object.entries(NAMING_FIELDS).flatMap(([name, fields]) =>
  (fields ?? []).map((naming) => [name, JSON.stringify(naming(UNKNOWN)), naming] as const),
);
/** An answer without what differs between any two requests: the request's id, and the names it was sent. */
function comparable(answer: { status: number; text: string; headers: Headers }, names: Names): string {
  let text = answer.text.replaceAll(/"requestId":"[^"]+"/g, '"requestId":"R"');
  for (const [kind, name] of Object.entries(names))
    if (name.length > 1) text = text.replaceAll(name, `<${kind}>`);
  return `${answer.status} ${answer.headers.get("content-type")} ${text}`;
}

describe.each(["sqlite", "postgres"] as const)("tenancy on %s", (dialect) => {
  let app: TestApp;
  let acme: TestTenant;
  let rival: TestTenant;
  let ofAcme: Names;
  let ofRival: Names;

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    acme = await app.createTenant("acme");
    rival = await app.createTenant("rival");
    ofAcme = await fillTenant(acme.client, {
      prefix: "acme",
      canary: CANARY,
      tenantId: acme.tenant.id,
      chat: acme.chat,
    });
    ofRival = await fillTenant(rival.client, {
      prefix: "rival",
      canary: "canary-of-rival",
      tenantId: rival.tenant.id,
      chat: rival.chat,
    });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const ask = (route: Route, names: Names, body?: Record<string, unknown>) =>
    send(app.fetch, requestOf(route, names, body), rival.key);

  test.each(NAMED.map((route) => [route.name, route] as const))(
    "%s answers another tenant's name exactly like a name that does not exist",
    async (_, route) => {
      const foreign = comparable(await ask(route, ofAcme), ofAcme);
      const unknown = comparable(await ask(route, UNKNOWN), UNKNOWN);
      expect(foreign).toBe(unknown);
      expect(foreign.startsWith("404") || route.name === "putSuite", foreign).toBe(true);
    },
  );

  test.each(NAMED_IN_BODIES)(
    "%s answers a foreign name in its body like an unknown one: %s",
    async (name, _, naming) => {
      const route = TENANT_ROUTES.find((candidate) => candidate.name === name);
      if (route === undefined) throw new Error(`${name} is not a route`);
      const example = exampleBody(route, ofRival);
      const bodyWith = (names: Names) => ({
        ...example,
        ...naming(names),
        ...("slug" in example && { slug: "same" }),
      });
      const foreign = await ask(route, ofRival, bodyWith(ofAcme));
      const unknown = await ask(route, ofRival, bodyWith(UNKNOWN));
      expect(comparable(foreign, ofAcme)).toBe(comparable(unknown, UNKNOWN));
      expect(foreign.status).toBe(404);
    },
  );

  test("no spelling of `model` reaches another tenant's prompts, adapters or models", async () => {
    const route = TENANT_ROUTES.find(({ name }) => name === "createChatCompletion");
    if (route === undefined) throw new Error("the chat route is gone");
    for (const model of CHAT_ADDRESSES.map((address) => address(ofAcme))) {
      const answer = await ask(route, ofRival, { model, messages: [{ role: "user", content: "hello" }] });
      expect(answer.status, `${model}: ${answer.text}`).toBe(404);
    }
  });

  test("no list, export, count or error of a tenant carries another's canary", async () => {
    for (const route of TENANT_ROUTES.filter(({ method }) => method === "GET")) {
      for (const names of [ofRival, ofAcme])
        expect((await ask(route, names)).text, route.name).not.toContain(CANARY);
    }
  });

  test("a secret that was stored is in no answer, no log line and no audit entry", async () => {
    const secret = `sk-${CANARY}`;
    for (const route of TENANT_ROUTES.filter(({ method }) => method === "GET")) {
      const answer = await send(app.fetch, requestOf(route, ofAcme), acme.key);
      expect(answer.text, route.name).not.toContain(secret);
      expect(answer.text, route.name).not.toContain(acme.key);
    }
    const logged = app.logLines.join("");
    for (const kept of [secret, acme.key, rival.key, app.operator.key, CANARY])
      expect(logged).not.toContain(kept);
  });

  test("an operator reads no tenant's content", async () => {
    for (const route of TENANT_ROUTES) {
      const answer = await send(app.fetch, requestOf(route, ofAcme), app.operator.key);
      expect(answer.status, route.name).toBe(403);
    }
  });

  const REQUESTS = dialect === "sqlite" ? 10_000 : 1_000;
  test(`${REQUESTS} random requests across tenants reveal nothing and change nothing`, {
    timeout: 900_000,
  }, async () => {
    const random = seededRandom(20_261_122);
    const before = await snapshotOf(app.platform, acme.tenant.id);
    const pools = [ofAcme, ofAcme, ofRival, UNKNOWN];
    const statuses = new Map<number, number>();
    for (let i = 0; i < REQUESTS; i += 1) {
      const route = random.pick(TENANT_ROUTES.filter(({ name }) => name !== "revokeKey"));
      const mixed = Object.fromEntries(
        Object.keys(ofAcme).map((kind) => [kind, random.pick(pools)[kind as keyof Names]]),
      ) as unknown as Names;
      const answer = await ask(route, mixed);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.text.includes(CANARY) || answer.status === 500) {
        expect.fail(
          `${route.method} ${requestOf(route, mixed).path} answered ${answer.status}: ${answer.text}`,
        );
      }
    }
    // The requests must have been good ones: many reached what they named, many were refused.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20);
    expect(statuses.get(404) ?? 0).toBeGreaterThan(REQUESTS / 20);
    expect(await snapshotOf(app.platform, acme.tenant.id)).toEqual(before);
  });
});
