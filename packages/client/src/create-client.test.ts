import { listRoutes } from "@assay/core";
import { describe, expect, it } from "vitest";
import { allPages, createClient } from "./index.ts";
import { closeServers, errorOf, PROMPT, problem, send, serve } from "./testing/scripted-server.ts";

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
    closeServers();
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

it("is typed by the contract", async () => {
  const { client } = await serve((_, response) => send(response, 200, PROMPT));
  // @ts-expect-error: the prompt must be named
  await expect(client.getPrompt({})).rejects.toThrow();
  // @ts-expect-error: a version is a number
  await expect(client.getPromptVersion({ prompt: "triage", version: "two" })).rejects.toThrow();
  // @ts-expect-error: the data plane is not the client's
  expect(client.createChatCompletion).toBeUndefined();
});
