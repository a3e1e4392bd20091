import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT, type StartedServer, startServer } from "../kit/start-server.ts";

/** What differs from one answer to the next and says nothing of the rules. */
const VARYING = new Set([
  "content-length",
  "date",
  "x-request-id",
  "keep-alive",
  "connection",
  "transfer-encoding",
]);

let server: StartedServer;
beforeAll(async () => {
  execFileSync(process.execPath, ["apps/web/build-if-stale.mjs"], { cwd: ROOT });
  server = await startServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** Status and headers, one per line, without what chance put into them. */
async function headersOf(path: string, init: RequestInit = {}): Promise<string[]> {
  const response = await fetch(server.url + path, { redirect: "manual", ...init });
  await response.arrayBuffer();
  const lines = [...response.headers]
    .filter(([name]) => !VARYING.has(name))
    .map(([name, value]) => `${name}: ${withoutChance(value)}`);
  return [String(response.status), ...lines];
}

function withoutChance(value: string): string {
  return value
    .replace(/'nonce-[^']+'/, "'nonce-…'")
    .replace(/(session=)[^;]+/, "$1…")
    .replace(/(assay_device_)[0-9a-f]{16}=[^;]+/, "$1…");
}

async function pathOfScript(): Promise<string> {
  const page = await (await fetch(server.url)).text();
  return /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? "";
}

describe("what every answer says to browsers", () => {
  test.each([
    ["a page", "/t/airline/prompts"],
    ["a page behind a foreign path", "/nowhere/at/all"],
    ["the API without a credential", "/api/session"],
    ["the API at a path that is none", "/api/nowhere"],
    ["the data plane without a key", "/v1/models"],
    ["whether the server lives", "/healthz"],
    ["the API's description", "/openapi.json"],
    ["the API's reference", "/reference"],
    ["an asset that is none", "/assets/nothing.js"],
  ])("%s", async (_, path) => {
    expect(await headersOf(path)).toMatchSnapshot();
  });

  test("a script of the UI", async () => {
    expect(await headersOf(await pathOfScript())).toMatchSnapshot();
  });

  test("a log-in, with the flags of its cookie", async () => {
    const { email, password } = server.login;
    const headers = { "content-type": "application/json", origin: server.url };
    const body = JSON.stringify({ email, password });
    expect(await headersOf("/api/login", { method: "POST", headers, body })).toMatchSnapshot();
  });

  test("an answer to somebody with a key", async () => {
    const headers = { authorization: `Bearer ${server.keys.airline}` };
    expect(await headersOf("/api/prompts", { headers })).toMatchSnapshot();
  });
});

describe("a page of another site", () => {
  const origin = "https://elsewhere.example";

  test.each(["/api/session", "/v1/models", "/t/airline"])("is not let read %s", async (path) => {
    const answer = await headersOf(path, { headers: { origin } });
    expect(answer.filter((line) => line.startsWith("access-control-"))).toEqual([]);
  });

  test.each([
    ["/api/prompts", "authorization,assay-tenant"],
    ["/v1/chat/completions", "authorization,content-type"],
  ])("gets no leave beforehand to send to %s", async (path, asked) => {
    const answer = await headersOf(path, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": asked },
    });
    expect(answer.filter((line) => line.startsWith("access-control-"))).toEqual([]);
  });
});

test("no answer names what the server is made of, or its version", async () => {
  const paths = [
    "/",
    "/api/session",
    "/v1/models",
    "/healthz",
    "/readyz",
    "/api/nowhere",
    await pathOfScript(),
  ];
  for (const path of paths) {
    const response = await fetch(server.url + path);
    const said = [...response.headers].map(([name, value]) => `${name}\n${withoutChance(value)}`).join("\n");
    expect(said, path).not.toMatch(/x-powered-by|^server$|hono|node(\.js)?\/|assay\/|\d+\.\d+\.\d+/im);
    expect(response.headers.get("x-content-type-options"), path).toBe("nosniff");
  }
});
