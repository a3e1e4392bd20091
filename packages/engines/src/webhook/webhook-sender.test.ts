import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LIMITS } from "@assay/core";
import { afterEach, describe, expect, test } from "vitest";
import { publicLookup } from "./resolve-address.ts";
import { openWebhookSender, type WebhookSenderOptions } from "./webhook-sender.ts";

interface Heard {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingMessage["headers"];
  body: string;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    heard.push({ method: request.method, path: request.url, headers: request.headers, body });
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { heard, port, origin: `http://127.0.0.1:${port}` };
}

function sender(options: WebhookSenderOptions) {
  const opened = openWebhookSender(options);
  closing.push(() => opened.close());
  return opened;
}

const call = (url: string, more: { secret?: string; signal?: AbortSignal } = {}) => ({
  url,
  secret: more.secret,
  body: '{"output":"yes"}',
  idempotencyKey: "k1",
  signal: more.signal ?? new AbortController().signal,
});

describe("a web hook", () => {
  test("is sent the body, signed with its secret and the time", async () => {
    const { origin, heard } = await listen((response) => response.end('{"score":1}'));
    const { send } = sender({ allowedHosts: [origin], nowMs: () => 1_700_000_000_500 });
    const answer = await send(call(`${origin}/score`, { secret: "s3cret" }));
    expect(answer).toEqual({ status: "answered", text: '{"score":1}' });
    const hmac = createHmac("sha256", "s3cret").update('1700000000.{"output":"yes"}').digest("hex");
    expect(heard[0]).toMatchObject({ method: "POST", path: "/score", body: '{"output":"yes"}' });
    expect(heard[0]?.headers).toMatchObject({
      "content-type": "application/json",
      "idempotency-key": "k1",
      "x-assay-signature": `t=1700000000,v1=${hmac}`,
    });
  });

  test("without a secret is not signed", async () => {
    const { origin, heard } = await listen((response) => response.end("{}"));
    await sender({ allowedHosts: [origin] }).send(call(`${origin}/`));
    expect(heard[0]?.headers).not.toHaveProperty("x-assay-signature");
  });

  test("is not sent to a host that the operator does not allow", async () => {
    const { origin, port, heard } = await listen((response) => response.end("{}"));
    const { send } = sender({ allowedHosts: ["hooks.example"] });
    for (const url of [
      origin,
      `http://localhost:${port}`,
      `http://2130706433:${port}`,
      `http://0x7f.1:${port}`,
      `http://[::ffff:127.0.0.1]:${port}`,
      `https://hooks.example@127.0.0.1:${port}`,
      `http://hooks.example:${port}`,
      "file:///etc/passwd",
      "http://169.254.169.254/latest/meta-data",
    ])
      expect(await send(call(url))).toMatchObject({ status: "failed" });
    expect(heard).toEqual([]);
  });

  test("on a host that only a wildcard allows must be on the public internet; a named one need not", async () => {
    const { port, heard } = await listen((response) => response.end("{}"));
    // A name below the wildcard that somebody else points at this very machine.
    const rebound = ((_host: string, _options: object, done: (error: null, addresses: object[]) => void) =>
      done(null, [{ address: "127.0.0.1", family: 4 }])) as never;
    const allowedHosts = [`http://*.example:${port}`];
    const guarded = sender({ allowedHosts, lookup: publicLookup(rebound) });
    expect(await guarded.send(call(`http://rebound.example:${port}/`))).toEqual({
      status: "failed",
      reason: "its host is not on the public internet",
    });
    expect(heard).toEqual([]);
    const unguarded = sender({ allowedHosts, lookup: rebound });
    expect(await unguarded.send(call(`http://rebound.example:${port}/`))).toMatchObject({
      status: "answered",
    });
    const named = sender({ allowedHosts: [`http://localhost:${port}`] });
    expect(await named.send(call(`http://localhost:${port}/`))).toMatchObject({ status: "answered" });
  });

  test("that redirects is not followed", async () => {
    const other = await listen((response) => response.end("{}"));
    const { origin } = await listen((response) =>
      response.writeHead(307, { location: `${other.origin}/` }).end(),
    );
    const answer = await sender({ allowedHosts: [origin, other.origin] }).send(call(origin));
    expect(answer).toEqual({ status: "failed", reason: expect.stringContaining("redirect") });
    expect(other.heard).toEqual([]);
  });

  test.each([204, 400, 404, 500, 503])("that answers %i has not answered", async (status) => {
    const { origin } = await listen((response) => response.writeHead(status).end());
    const answer = await sender({ allowedHosts: [origin] }).send(call(origin));
    expect(answer).toEqual({ status: "failed", reason: `it answered with status ${status}` });
  });

  test("that says too much is cut off", async () => {
    const { origin } = await listen((response) => response.end("x".repeat(LIMITS.webhookAnswerBytesMax + 1)));
    const answer = await sender({ allowedHosts: [origin] }).send(call(origin));
    expect(answer).toEqual({ status: "failed", reason: expect.stringContaining("longer than") });
  });

  test("that never answers, or never ends its answer, has its time", async () => {
    for (const answer of [() => undefined, (response: ServerResponse) => response.write("{")]) {
      const { origin } = await listen((response) => void answer(response));
      const { send } = sender({ allowedHosts: [origin], timeoutMs: 50 });
      expect(await send(call(origin))).toEqual({
        status: "failed",
        reason: expect.stringContaining("0.05 s"),
      });
    }
  });

  test("is dropped when its run stops", async () => {
    const stop = new AbortController();
    const { origin } = await listen(() => stop.abort());
    const answer = await sender({ allowedHosts: [origin] }).send(call(origin, { signal: stop.signal }));
    expect(answer).toEqual({ status: "failed", reason: "the run was stopped" });
  });

  test("that nobody listens to is a reason, not a throw", async () => {
    const answer = await sender({ allowedHosts: ["http://127.0.0.1:9"] }).send(call("http://127.0.0.1:9/"));
    expect(answer).toEqual({ status: "failed", reason: "it could not be reached" });
  });
});
