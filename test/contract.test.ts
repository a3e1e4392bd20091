import {
  type ErrorCode,
  listRoutes,
  OpenAiError,
  Problem,
  type Route,
  type RouteName,
  SCOPES,
} from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addVouchedPerson } from "./kit/add-person.ts";
import { fillTenant, type Names, PASSWORD } from "./kit/fill-tenant.ts";
import type { LoggedIn } from "./kit/log-in.ts";
import { openTestApp, type TestApp, type TestTenant } from "./kit/open-test-app.ts";
import { exampleBody, filledPath, requestOf, send } from "./kit/route-requests.ts";

const ROUTES = listRoutes();
const PROTECTED = ROUTES.filter((route) => route.audience !== "public");
const TENANT_ROUTES = PROTECTED.filter((route) => route.audience === "tenant");
const WITH_JSON = PROTECTED.filter((route) => route.body?.kind === "json");

/** Valid requests that what `fillTenant` made stands in the way of. Every other route carries its own out. */
const REFUSED_FOR_ITS_STATE: Partial<Record<RouteName, { status: number; code: ErrorCode }>> = {
  // The gate's run waits for a worker, which no test of the contract starts.
  moveLabel: { status: 409, code: "gate_refused" },
  // The run is of a suite without judges, and so the queue is empty.
  fillAnnotationQueue: { status: 422, code: "invalid_input" },
  labelAnnotation: { status: 404, code: "not_found" },
  // The label has held one version only.
  rollbackLabel: { status: 409, code: "conflict" },
  // Its runs wait for a worker as well.
  compareRuns: { status: 409, code: "conflict" },
  listComparedCases: { status: 409, code: "conflict" },
  // The test before has rejected it.
  withdrawChange: { status: 409, code: "conflict" },
};

function expectError(route: Route, answer: { status: number; text: string }, status: number): void {
  expect(answer.status, `${route.name}: ${answer.text}`).toBe(status);
  const body: unknown = JSON.parse(answer.text);
  expect((route.plane === "data" ? OpenAiError : Problem).safeParse(body).success, answer.text).toBe(true);
}

describe.each(["sqlite", "postgres"] as const)("the contract on %s", (dialect) => {
  let app: TestApp;
  let acme: TestTenant;
  let names: Names;
  let person: LoggedIn;
  // The same person in a session that a test ends.
  let leaving: LoggedIn;

  beforeAll(async () => {
    app = await openTestApp({ dialect });
    acme = await app.createTenant("acme");
    const filled = await fillTenant(acme.client, {
      prefix: "acme",
      canary: "canary-acme",
      tenantId: acme.tenant.id,
      chat: acme.chat,
    });
    // Somebody whom an operator may make an operator, too.
    const { email } = await addVouchedPerson(app, { tenant: acme, email: "vouched@people.test" });
    names = { ...filled, email };
    person = await app.logIn({ email: names.email, password: PASSWORD });
    leaving = await app.logIn({ email: names.email, password: PASSWORD });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const rightKey = (route: Route) => {
    if (route.name === "logout") return leaving.headers();
    if (route.audience === "person") return person.headers();
    return route.audience === "operator" ? app.operator.key : acme.key;
  };

  test.each(PROTECTED.map((route) => [route.name, route] as const))(
    "%s without a key is 401",
    async (_, route) => {
      expectError(route, await send(app.fetch, requestOf(route, names)), 401);
      expectError(route, await send(app.fetch, requestOf(route, names), "ask_nothing"), 401);
    },
  );

  test.each(TENANT_ROUTES.map((route) => [route.name, route] as const))(
    "%s with every scope but its own is 403",
    async (_, route) => {
      const { scope } = route;
      if (scope === null) return;
      const others = SCOPES.filter((other) => other !== scope && other !== "admin");
      const { secret } = await acme.client.createKey({ name: "wrong scope", scopes: [...others] });
      expectError(route, await send(app.fetch, requestOf(route, names), secret), 403);
    },
  );

  test.each(PROTECTED.map((route) => [route.name, route] as const))(
    "%s with a key of the other audience is 403",
    async (_, route) => {
      const other = route.audience === "operator" ? acme.key : app.operator.key;
      expectError(route, await send(app.fetch, requestOf(route, names), other), 403);
    },
  );

  test("a revoked key is 401 on every route", async () => {
    const { key, secret } = await acme.client.createKey({ name: "gone", role: "admin" });
    await acme.client.revokeKey({ keyId: key.id });
    for (const route of TENANT_ROUTES)
      expectError(route, await send(app.fetch, requestOf(route, names), secret), 401);
  });

  test.each(WITH_JSON.map((route) => [route.name, route] as const))(
    "%s refuses a malformed body",
    async (_, route) => {
      const base = requestOf(route, names);
      expectError(route, await send(app.fetch, { ...base, body: "{" }, rightKey(route)), 400);
      const deep = "[".repeat(Math.min(100_000, route.body?.bytesMax ?? 0));
      expectError(route, await send(app.fetch, { ...base, body: deep }, rightKey(route)), 400);
      expectError(route, await send(app.fetch, { ...base, body: '"text"' }, rightKey(route)), 422);
    },
  );

  test.each(WITH_JSON.map((route) => [route.name, route] as const))(
    "%s refuses an oversized body",
    async (_, route) => {
      const bytes = route.body?.bytesMax ?? 0;
      const body = `"${"x".repeat(bytes)}"`;
      expectError(route, await send(app.fetch, { ...requestOf(route, names), body }, rightKey(route)), 413);
    },
  );

  test.each(
    WITH_JSON.filter((route) => route.plane === "control").map((route) => [route.name, route] as const),
  )("%s refuses fields that the server owns", async (_, route) => {
    const owned = [
      "tenantId",
      "id",
      "scopesHeld",
      "createdAt",
      "contentHash",
      "verdict",
      "standing",
      "createdByKeyId",
    ];
    for (const field of owned) {
      const body = { ...exampleBody(route, names), [field]: "tnt_1" };
      expectError(route, await send(app.fetch, requestOf(route, names, body), rightKey(route)), 422);
    }
  });

  test.each(
    PROTECTED.filter(({ method }) => method !== "DELETE").map((route) => [route.name, route] as const),
  )("%s with the right key and a valid request is carried out", async (name, route) => {
    const answer = await send(app.fetch, requestOf(route, names), rightKey(route));
    const { status, code } = REFUSED_FOR_ITS_STATE[name as RouteName] ?? { status: route.output.status };
    expect(answer.status, answer.text).toBe(status);
    if (code !== undefined) expect(JSON.parse(answer.text)).toMatchObject({ code });
  });

  test("an answer carries what its schema declares and nothing else", async () => {
    for (const route of PROTECTED.filter(({ method }) => method === "GET")) {
      const { output } = route;
      if (output.kind !== "json" || route.name in REFUSED_FOR_ITS_STATE) continue;
      const answer = await send(app.fetch, requestOf(route, names), rightKey(route));
      const body: unknown = JSON.parse(answer.text);
      // Schemas of objects leave out what they do not declare, so only what was declared comes back the same.
      expect(output.schema.parse(body), route.name).toEqual(body);
    }
  });

  test("a method that a path does not have is 405, an unknown path 404, both in the error shape", async () => {
    const paths = new Set(ROUTES.map(({ path }) => path));
    for (const path of paths) {
      const known = new Set(ROUTES.filter((route) => route.path === path).map(({ method }) => method));
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"] as const) {
        if (known.has(method)) continue;
        const request = { method, path: filledPath(path, names), body: undefined };
        const answer = await send(app.fetch, request, acme.key);
        expect(answer.status, `${method} ${path}`).toBe(405);
      }
    }
    expect(
      (await send(app.fetch, { method: "GET", path: "/api/nothing", body: undefined }, acme.key)).status,
    ).toBe(404);
  });

  test("another spelling of a path never gets past the key", async () => {
    const spellings = [
      "//api/keys",
      "/api//keys",
      "/api/keys/",
      "/api/%6beys",
      "/API/keys",
      "/api/keys;x",
      "/./api/keys",
      "/api/keys%2f",
      "/api/keys.",
    ];
    for (const path of spellings) {
      const answer = await send(app.fetch, { method: "GET", path, body: undefined });
      expect([401, 404], path).toContain(answer.status);
      expect(answer.text).not.toContain("publicId");
    }
  });

  test("headers that name other hosts and paths change nothing", async () => {
    const headers = {
      host: "localhost",
      "x-forwarded-for": "127.0.0.1",
      "x-original-url": "/healthz",
      "x-forwarded-host": "operator",
    };
    const response = await app.fetch("/api/keys", { headers });
    expect(response.status).toBe(401);
  });

  test("no authorization header but a live key's authenticates", async () => {
    const good = acme.key;
    const wrong = [
      good,
      `Basic ${good}`,
      `Bearer  ${good}`,
      `Bearer ${good} x`,
      `Bearer ${good}, Bearer ${good}`,
      "Bearer",
      "Bearer '",
      `Bearer ${"x".repeat(1_000_000)}`,
    ];
    for (const authorization of wrong) {
      const response = await app.fetch("/api/me", { headers: { authorization } });
      expect(response.status, authorization.slice(0, 40)).toBe(401);
    }
  });

  test("the OpenAPI document describes every route and nothing else", async () => {
    const document = (await (await app.fetch("/openapi.json")).json()) as {
      openapi: string;
      paths: Record<string, object>;
    };
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    expect(document.openapi).toMatch(/^3\.1/);
  });
});
