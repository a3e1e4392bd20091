import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { listRoutes } from "@assay/core";
import { afterEach, describe, expect, it } from "vitest";
import { allPages, ClientError, createClient, followRun, followRunEvents } from "./index.ts";

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

const prompt = { id: `prm_${"0".repeat(32)}`, slug: "triage", description: "", latestVersion: null };
const PROMPT = { ...prompt, createdAt: "2026-01-01T00:00:00.000Z" };
const servers: Server[] = [];

/** A server of this protocol in a few lines: what it answers is scripted, what it was sent is kept. */
async function serve(answer: (seen: Seen, response: ServerResponse, nth: number) => void) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { method = "", url = "", headers } = request;
    seen.push({ method, url, headers, body });
    answer({ method, url, headers, body }, response, seen.length);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, baseUrl, client: createClient({ baseUrl, key: "ask_x_y" }) };
}

function send(response: ServerResponse, status: number, value?: unknown) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(value === undefined ? undefined : JSON.stringify(value));
}

function problem(code: string, status: number, details?: object) {
  return {
    type: "about:blank",
    title: "Refused",
    status,
    code,
    detail: "Because.",
    details,
    requestId: "r1",
  };
}

async function errorOf(promise: Promise<unknown>): Promise<ClientError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ClientError)) throw new Error(`not a ClientError: ${error}`);
  return error;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

describe("the contract", () => {
  it("has a method for every route of the control plane and for no other", () => {
    const names = listRoutes()
      .filter((route) => route.plane === "control")
      .map((route) => route.name);
    expect(Object.keys(createClient({ baseUrl: "http://x" })).sort()).toEqual(names.sort());
  });

  it("keeps the names of parameters, query and body of each route apart", () => {
    for (const route of listRoutes()) {
      const body =
        route.body?.kind === "json" && "shape" in route.body.schema
          ? (route.body.schema.shape as object)
          : {};
      const names = [route.params?.shape ?? {}, route.query?.shape ?? {}, body].flatMap(Object.keys);
      expect(new Set(names).size, route.name).toBe(names.length);
    }
  });
});

describe("a call", () => {
  it("puts each member where the contract wants it and carries the key", async () => {
    const { client, seen } = await serve((_, response) =>
      send(response, 200, { moved: false, label: null, verdict: null }),
    );
    await client.moveLabel({ prompt: "triage", label: "production", version: 2, dryRun: true });
    expect(seen[0]).toMatchObject({
      method: "PUT",
      url: "/api/prompts/triage/labels/production",
      headers: { authorization: "Bearer ask_x_y", "content-type": "application/json" },
    });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ version: 2, dryRun: true });
  });

  it("sends an upload as the bytes they are, its facts in the query", async () => {
    const { client, seen } = await serve((_, response) =>
      send(response, 422, problem("model_file_invalid", 422)),
    );
    const error = await errorOf(client.uploadModel({ slug: "tiny", file: new Blob(["GGUF"]) }));
    expect(error.code).toBe("model_file_invalid");
    expect(seen[0]).toMatchObject({
      url: "/api/model-files?slug=tiny",
      headers: { "content-type": "application/octet-stream" },
      body: "GGUF",
    });
  });

  it("refuses a path parameter that would name another path, without asking the server", async () => {
    const { client, seen } = await serve((_, response) => send(response, 200, PROMPT));
    expect((await errorOf(client.getPrompt({ prompt: ".." }))).code).toBe("invalid_input");
    expect(seen).toEqual([]);
  });

  it("answers undefined where the contract says there is nothing", async () => {
    const { client } = await serve((_, response) => send(response, 204));
    expect(await client.removeGate({ prompt: "triage", label: "production" })).toBeUndefined();
  });

  it("carries the server's code, words, details and request id", async () => {
    const { client } = await serve((_, response) =>
      send(response, 409, problem("gate_refused", 409, { verdict: { outcome: "fail" } })),
    );
    const error = await errorOf(client.getPrompt({ prompt: "triage" }));
    expect(error).toMatchObject({
      code: "gate_refused",
      status: 409,
      message: "Because.",
      requestId: "r1",
      details: { verdict: { outcome: "fail" } },
    });
  });

  it("says so when what answers is not this service", async () => {
    const { client } = await serve((_, response) => send(response, 200, { hello: "world" }));
    expect((await errorOf(client.getPrompt({ prompt: "triage" }))).code).toBe("unexpected_answer");
    for (const answer of [null, "text", [], { items: {}, nextCursor: null }, { items: [] }]) {
      const { client: lists } = await serve((_, response) => send(response, 200, answer));
      expect((await errorOf(lists.listPrompts())).code, JSON.stringify(answer)).toBe("unexpected_answer");
    }
    const other = await serve((_, response) => response.writeHead(404).end("<h1>nginx</h1>"));
    const error = await errorOf(other.client.getPrompt({ prompt: "triage" }));
    expect(error).toMatchObject({ code: "unexpected_answer", status: 404 });
    expect(error.message).toContain("nginx");
  });
});

describe("a failing network", () => {
  it("says what to do when nothing listens", async () => {
    const { baseUrl, client } = await serve((_, response) => send(response, 200));
    for (const server of servers.splice(0)) server.close();
    const error = await errorOf(client.getPrompt({ prompt: "triage" }));
    expect(error).toMatchObject({ code: "unreachable", status: undefined });
    expect(error.message).toContain(baseUrl);
    expect(error.message).toContain("npm start");
  });

  it("repeats a write after a lost connection with the same idempotency key, so that it counts once", async () => {
    const { client, seen } = await serve((_, response, nth) => {
      if (nth === 1) response.destroy();
      else send(response, 201, PROMPT);
    });
    await client.createPrompt({ slug: "triage" });
    const keys = seen.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it("repeats after 503 a bounded number of times", async () => {
    const { client, seen } = await serve((_, response) =>
      send(response, 503, problem("engine_unavailable", 503)),
    );
    expect((await errorOf(client.getPrompt({ prompt: "triage" }))).code).toBe("engine_unavailable");
    expect(seen).toHaveLength(3);
  });

  it("repeats nothing that was refused or went wrong inside the server", async () => {
    for (const [code, status] of [
      ["internal", 500],
      ["rate_limit_exceeded", 429],
    ] as const) {
      const { client, seen } = await serve((_, response) => send(response, status, problem(code, status)));
      expect((await errorOf(client.createPrompt({ slug: "triage" }))).code).toBe(code);
      expect(seen).toHaveLength(1);
    }
  });

  it("never sends a stream twice: it can be read only once", async () => {
    const { client, seen } = await serve((_, response) => response.destroy());
    const file = new Blob(["GGUF"]).stream();
    expect((await errorOf(client.uploadModel({ slug: "tiny", file }))).code).toBe("unreachable");
    expect(seen).toHaveLength(1);
  });

  it("gives up on a silent server after its time", async () => {
    const { baseUrl } = await serve(() => undefined);
    const client = createClient({ baseUrl, timeoutMs: 50 });
    expect((await errorOf(client.getPrompt({ prompt: "triage" }))).code).toBe("timeout");
  });

  it("ends with the caller's own reason when the caller aborts", async () => {
    const { client } = await serve(() => undefined);
    const controller = new AbortController();
    const call = client.getPrompt({ prompt: "triage" }, { signal: controller.signal });
    controller.abort(new Error("changed my mind"));
    await expect(call).rejects.toThrow("changed my mind");
  });
});

it("reads every page of a list", async () => {
  const pages = { "": { items: [1, 2], nextCursor: "b" }, b: { items: [3], nextCursor: null } };
  const items: number[] = [];
  for await (const item of allPages(async (cursor) => pages[(cursor ?? "") as keyof typeof pages])) {
    items.push(item);
  }
  expect(items).toEqual([1, 2, 3]);
});

describe("following a run", () => {
  const hash = "0".repeat(64);
  const RUN_ID = `run_${"0".repeat(32)}`;
  const runIn = (status: string) => ({
    id: RUN_ID,
    suite: "triage",
    suiteVersion: 1,
    prompt: "triage",
    promptVersion: 1,
    dataset: "triage",
    datasetVersion: 1,
    status,
    progress: { total: 1, done: 0 },
    hashes: {
      promptVersion: hash,
      model: hash,
      adapter: null,
      dataset: hash,
      suite: hash,
      scorers: hash,
      engineBuild: "x",
    },
    baselineRunId: null,
    selection: null,
    rescoreOf: null,
    budgetMicros: null,
    concurrency: null,
    spentMicros: 0,
    reused: 0,
    stopEarly: false,
    stoppedEarly: false,
    power: null,
    summary: null,
    verdict: null,
    error: null,
    createdAt: PROMPT.createdAt,
    finishedAt: null,
  });
  const frame = (status: string) => {
    const type = status === "completed" ? "end" : "progress";
    return `event: ${type}\nid: ${status}-0\ndata: ${JSON.stringify(runIn(status))}\n\n`;
  };
  const stream = (response: ServerResponse, text: string) => {
    if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(text);
  };

  it("reports every state that the events tell, in whatever pieces they come, until the run is finished", async () => {
    const text = `${frame("queued")}: still here\n\n${frame("running")}${frame("completed")}`;
    const { client, seen } = await serve(async (_, response) => {
      for (let start = 0; start < text.length; start += 700) {
        stream(response, text.slice(start, start + 700));
        await new Promise(setImmediate);
      }
    });
    const states: string[] = [];
    const run = await followRun(client, RUN_ID, { onProgress: ({ status }) => states.push(status) });
    expect(run.status).toBe("completed");
    expect(states).toEqual(["queued", "running", "completed"]);
    expect(seen[0]).toMatchObject({ headers: { authorization: "Bearer ask_x_y" } });
  });

  it("goes on after the last state seen when the connection breaks off", async () => {
    const { client, seen } = await serve((_, response, nth) => {
      if (nth === 2) return void response.destroy();
      stream(response, nth === 1 ? frame("running") : frame("completed"));
      if (nth === 1) setImmediate(() => response.destroy());
    });
    const states: string[] = [];
    let losses = 0;
    for await (const { status } of followRunEvents(client, RUN_ID, { onLost: () => losses++ }))
      states.push(status);
    expect(states).toEqual(["running", "completed"]);
    expect(losses).toBe(2);
    expect(seen.map(({ url }) => url.split("?")[1] ?? "")).toEqual([
      "",
      "after=running-0",
      "after=running-0",
    ]);
  });

  it("gives up what the server refuses, and a server that stays away", async () => {
    const refused = await serve((_, response) => send(response, 404, problem("not_found", 404)));
    expect(await errorOf(followRun(refused.client, RUN_ID))).toMatchObject({ code: "not_found" });
    const gone = await serve((_, response) => void response.destroy());
    const events = followRunEvents(gone.client, RUN_ID, { failuresMax: 2 });
    expect(await errorOf(events.next())).toMatchObject({ code: "unreachable" });
    expect(gone.seen).toHaveLength(2);
  });

  it("stops at once when its signal is aborted", async () => {
    const { client } = await serve((_, response) => stream(response, frame("running")));
    const controller = new AbortController();
    const following = followRun(client, RUN_ID, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(following).rejects.toThrow("enough");
  });
});

it("is typed by the contract", async () => {
  const { client } = await serve((_, response) => send(response, 200, PROMPT));
  // @ts-expect-error: the prompt must be named
  await expect(client.getPrompt({})).rejects.toThrow();
  // @ts-expect-error: a version is a number
  await expect(client.getPromptVersion({ prompt: "triage", version: "two" })).rejects.toThrow();
  // @ts-expect-error: the data plane is not the client's
  expect(client.createChatCompletion).toBeUndefined();
});
