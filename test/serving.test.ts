import { type EngineFailure, OpenAiError } from "@assay/core";
import { nanoModelBytes } from "@assay/engines/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { FINISH, failedEvent, openPlayedApp, type PlayedApp, textEvents } from "./kit/open-played-app.ts";

// How a generation leaves the server is decided above the store, so one dialect is enough.
let at: PlayedApp;
beforeAll(async () => {
  at = await openPlayedApp();
});
afterAll(() => at[Symbol.asyncDispose]());
beforeEach(() => at.play(() => [...textEvents("Hel", "lo"), FINISH]));

interface Chunk {
  object?: string;
  choices?: { delta?: object; text?: string; logprobs?: unknown; finish_reason?: string | null }[];
  usage?: object;
  error?: { code: string };
}

/** The frames of a stream: parsed chunks, and `[DONE]` where it is. */
async function framesOf(response: Response): Promise<(Chunk | "[DONE]")[]> {
  const frames = (await response.text()).split("\n\n").filter((frame) => frame !== "");
  return frames.map((frame) => {
    expect(frame).toMatch(/^data: /);
    const data = frame.slice("data: ".length);
    return data === "[DONE]" ? data : (JSON.parse(data) as Chunk);
  });
}

async function errorOf(response: Response) {
  return OpenAiError.parse(await response.json()).error;
}

/** A key of its own, so that its counts are its own too. */
async function keyWith(limits: { requestsPerMinute?: number; concurrentRequests?: number }): Promise<string> {
  return (await at.acme.client.createKey({ name: "limited", role: "admin", limits })).secret;
}

describe("a whole answer", () => {
  test("says in its headers what made it, what it cost and how much more may be asked", async () => {
    const key = await keyWith({ requestsPerMinute: 10 });
    const response = await at.ask({ key, model: "prompt:triage@1" });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json",
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-assay-trace-id": expect.stringMatching(/^[a-z]+_[0-9a-f]{32}$/),
      "x-assay-model": "nano",
      "x-assay-prompt-version": "triage@1",
      "x-assay-adapter-sha256": at.adapterSha256,
      "x-assay-cache": "none",
      "x-assay-queue-wait-ms": "42",
      "x-assay-cost-micros": "unknown",
      "x-ratelimit-limit-requests": "10",
      "x-ratelimit-remaining-requests": "9",
      "x-ratelimit-reset-requests": expect.stringMatching(/^\d+s$/),
    });
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      id: `chatcmpl-${response.headers.get("x-assay-trace-id")}`,
      object: "chat.completion",
      model: "prompt:triage@1",
      choices: [
        { index: 0, message: { role: "assistant", content: "Hello", refusal: null }, finish_reason: "stop" },
      ],
      usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
    });
  });

  test("of a model alone names neither a prompt nor an adapter", async () => {
    const { headers } = await at.ask();
    expect([headers.get("x-assay-prompt-version"), headers.get("x-assay-adapter-sha256")]).toEqual([
      null,
      null,
    ]);
  });

  test("names its cost where the model has a price", async () => {
    const file = new Blob([nanoModelBytes({ seed: 3 })]);
    await at.acme.client.uploadModel({
      slug: "priced",
      file,
      inputMicrosPerMillion: 1_000_000,
      outputMicrosPerMillion: 0,
    });
    expect((await at.ask({ model: "priced" })).headers.get("x-assay-cost-micros")).toBe("12");
    const stream = await framesOf(
      await at.ask({ model: "priced", stream: true, stream_options: { include_usage: true } }),
    );
    expect(stream.at(-2)).toMatchObject({ assay: { cost_micros: 12, queue_wait_ms: 42 } });
  });

  test("without usage says none, and an answer of tools alone has no text", async () => {
    const call = { id: "c1", type: "function" as const, function: { name: "look_up", arguments: "{}" } };
    at.play(() => [
      { type: "tool_call", index: 0, call },
      { type: "finish", reason: "tool_calls", usage: undefined, queueWaitMs: 0 },
    ]);
    const body = (await (await at.ask()).json()) as Record<string, unknown>;
    expect(body).toMatchObject({
      choices: [{ message: { content: null, tool_calls: [call] }, finish_reason: "tool_calls" }],
    });
    expect(body).not.toHaveProperty("usage");
  });

  test("of text continues it in OpenAI's older shape", async () => {
    const body = await (await at.ask({ path: "/v1/completions" })).json();
    expect(body).toMatchObject({
      id: expect.stringMatching(/^cmpl-/),
      object: "text_completion",
      choices: [{ text: "Hello", logprobs: null, finish_reason: "stop" }],
    });
  });

  test("carries log probabilities when asked, and only then", async () => {
    const logprobs = [{ token: "Hé", logprob: -0.1, top: [{ token: "Ho", logprob: -2 }] }];
    let asked: number | undefined;
    at.play(({ topLogprobs }) => {
      asked = topLogprobs;
      return [{ type: "text", text: "Hé", logprobs }, FINISH];
    });
    const content = [
      {
        token: "Hé",
        logprob: -0.1,
        bytes: [72, 195, 169],
        top_logprobs: [{ token: "Ho", logprob: -2, bytes: [72, 111] }],
      },
    ];
    const wanted = { logprobs: true, top_logprobs: 1 };
    expect(await (await at.ask(wanted)).json()).toMatchObject({ choices: [{ logprobs: { content } }] });
    expect(asked).toBe(1);
    const frames = await framesOf(await at.ask({ ...wanted, stream: true }));
    expect(frames[1]).toMatchObject({ choices: [{ logprobs: { content } }] });
    expect(await (await at.ask()).json()).toMatchObject({ choices: [{ logprobs: null }] });
    expect((await framesOf(await at.ask({ stream: true })))[1]).toMatchObject({
      choices: [{ logprobs: null }],
    });
  });
});

describe("a stream", () => {
  const deltasOf = (frames: (Chunk | "[DONE]")[]) =>
    frames.map((frame) =>
      frame === "[DONE]" ? frame : frame.choices?.map((choice) => choice.delta ?? choice.text),
    );

  test("opens with the role, gives the text as it comes, closes with the reason and ends with [DONE]", async () => {
    const response = await at.ask({ stream: true, model: "prompt:triage@1" });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      "x-request-id": expect.any(String),
      "x-assay-trace-id": expect.any(String),
      "x-assay-prompt-version": "triage@1",
      "x-assay-adapter-sha256": at.adapterSha256,
      "x-ratelimit-limit-requests": expect.any(String),
    });
    const frames = await framesOf(response);
    expect(deltasOf(frames)).toEqual([
      [{ role: "assistant", content: "" }],
      [{ content: "Hel" }],
      [{ content: "lo" }],
      [{}],
      "[DONE]",
    ]);
    expect(frames.at(-2)).toMatchObject({ choices: [{ finish_reason: "stop" }] });
    const id = `chatcmpl-${response.headers.get("x-assay-trace-id")}`;
    for (const frame of frames.slice(0, -1))
      expect(frame).toMatchObject({ id, object: "chat.completion.chunk" });
  });

  test("tells what was used in one more chunk, when asked and only then", async () => {
    const asking = async (fields: object) => framesOf(await at.ask({ stream: true, ...fields }));
    const frames = await asking({ stream_options: { include_usage: true } });
    expect(frames.slice(-2)).toEqual([
      expect.objectContaining({
        choices: [],
        usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
        assay: { cost_micros: null, queue_wait_ms: 42 },
      }),
      "[DONE]",
    ]);
    for (const options of [{}, { stream_options: {} }, { stream_options: { include_usage: false } }]) {
      for (const frame of await asking(options)) expect(frame).not.toHaveProperty("usage");
    }
  });

  test("gives tools' calls each at its place", async () => {
    const call = (id: string) => ({
      id,
      type: "function" as const,
      function: { name: "look_up", arguments: "{}" },
    });
    at.play(() => [
      { type: "tool_call", index: 0, call: call("a") },
      { type: "tool_call", index: 1, call: call("b") },
      { type: "finish", reason: "tool_calls", usage: undefined, queueWaitMs: 0 },
    ]);
    expect(deltasOf(await framesOf(await at.ask({ stream: true }))).slice(1)).toEqual([
      [{ tool_calls: [{ index: 0, ...call("a") }] }],
      [{ tool_calls: [{ index: 1, ...call("b") }] }],
      [{}],
      "[DONE]",
    ]);
  });

  test("of text has no opening", async () => {
    const frames = await framesOf(await at.ask({ path: "/v1/completions", stream: true }));
    expect(deltasOf(frames)).toEqual([["Hel"], ["lo"], [""], "[DONE]"]);
  });
});

describe("a failure", () => {
  test.each<[code: EngineFailure["code"], status: number, answered: string]>([
    ["queue_full", 429, "queue_full"],
    ["rate_limited", 429, "rate_limit_exceeded"],
    ["context_length_exceeded", 400, "context_length_exceeded"],
    ["unsupported_parameter", 400, "unsupported_parameter"],
    ["invalid_request", 422, "invalid_input"],
    ["unauthorized", 422, "connection_unusable"],
    ["refused_by_provider", 502, "upstream_error"],
    ["upstream_error", 502, "upstream_error"],
    ["unavailable", 503, "engine_unavailable"],
    ["crashed", 503, "engine_unavailable"],
    ["timeout", 504, "engine_timeout"],
  ])(
    "%s before the first token has its HTTP status, whole or as a stream",
    async (code, status, answered) => {
      at.play(() => [failedEvent(code, 2_500)]);
      for (const stream of [false, true]) {
        const response = await at.ask({ stream });
        expect(response.status).toBe(status);
        expect(response.headers.get("content-type")).toMatch(/^application\/json/);
        expect(response.headers.get("retry-after")).toBe("3");
        expect(await errorOf(response)).toMatchObject({ code: answered, message: `it was ${code}` });
      }
    },
  );

  test("after the first token is an error frame at the end of a stream, and there is no [DONE]", async () => {
    at.play(() => [...textEvents("Hel"), failedEvent("crashed")]);
    const response = await at.ask({ stream: true });
    expect(response.status).toBe(200);
    const frames = await framesOf(response);
    expect(frames).toHaveLength(3);
    expect(OpenAiError.parse(frames.at(-1)).error).toMatchObject({ code: "engine_unavailable" });
  });

  test("after the first token is the status of a whole answer, which shows nothing of the half", async () => {
    at.play(() => [...textEvents("Hel"), failedEvent("crashed")]);
    const response = await at.ask();
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("Hel");
  });
});
