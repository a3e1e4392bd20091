import { ClientError } from "@assay/client";
import { expect, test } from "vitest";
import { type ChatEvent, streamChat } from "./stream-chat.ts";

const HEADERS = { "x-request-id": "r1", "x-assay-trace-id": "trc_1", "x-assay-prompt-version": "triage@3" };
const frame = (value: object | string) =>
  `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`;
const delta = (content: string) => ({ choices: [{ delta: { content }, finish_reason: null }] });
const FINISH = { choices: [{ delta: {}, finish_reason: "stop" }] };
const USAGE = {
  choices: [],
  usage: { prompt_tokens: 12, completion_tokens: 3 },
  assay: { cost_micros: 7, queue_wait_ms: 42 },
};

/** A server that answers with these bytes, cut where the network cuts them. */
function answering(text: string, { pieceBytes = 7, status = 200 } = {}): typeof fetch {
  const bytes = new TextEncoder().encode(text);
  return async () => {
    const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, n) =>
      bytes.slice(n * pieceBytes, (n + 1) * pieceBytes),
    );
    return new Response(new Blob(pieces).stream(), { status, headers: HEADERS });
  };
}

async function eventsOf(send: typeof fetch): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  const request = { url: "/v1/chat/completions", body: {}, signal: new AbortController().signal };
  for await (const event of streamChat(send, request)) events.push(event);
  return events;
}

test("an answer comes in pieces, with what made it first and what it took last", async () => {
  const text = [delta("Zażółć "), delta("gęślą 😀"), FINISH, USAGE, "[DONE]"].map(frame).join("");
  expect(await eventsOf(answering(text))).toEqual([
    { type: "begin", traceId: "trc_1", servedVersion: "triage@3" },
    { type: "text", text: "Zażółć " },
    { type: "text", text: "gęślą 😀" },
    {
      type: "end",
      end: { reason: "stop", promptTokens: 12, completionTokens: 3, costMicros: 7, queueWaitMs: 42 },
    },
  ]);
});

test("what nobody said is unknown, and no nought", async () => {
  const text = [delta("x"), FINISH, "[DONE]"].map(frame).join("");
  expect((await eventsOf(answering(text))).at(-1)).toEqual({
    type: "end",
    end: { reason: "stop", promptTokens: null, completionTokens: null, costMicros: null, queueWaitMs: null },
  });
});

test("calls of tools are told with what they were given", async () => {
  const call = { index: 0, id: "c1", type: "function", function: { name: "look", arguments: "{}" } };
  const text = [{ choices: [{ delta: { tool_calls: [call] } }] }, FINISH, "[DONE]"].map(frame).join("");
  expect((await eventsOf(answering(text)))[1]).toEqual({
    type: "tool_call",
    call: { id: "c1", type: "function", function: { name: "look", arguments: "{}" } },
  });
});

async function errorOf(send: typeof fetch): Promise<ClientError> {
  const error = await eventsOf(send).catch((reason: unknown) => reason);
  if (!(error instanceof ClientError)) throw new Error(`no refusal: ${JSON.stringify(error)}`);
  return error;
}

test.each([
  ["OpenAI's", { error: { message: "Too many.", code: "rate_limit_exceeded" } }],
  [
    "ours",
    {
      type: "about:blank",
      status: 429,
      code: "rate_limit_exceeded",
      detail: "Too many.",
      title: "Rate limit exceeded",
      requestId: "r1",
    },
  ],
])("a refusal in %s shape keeps its code, words and request", async (_, body) => {
  expect(await errorOf(answering(JSON.stringify(body), { status: 429 }))).toMatchObject({
    code: "rate_limit_exceeded",
    message: "Too many.",
    status: 429,
    requestId: "r1",
  });
});

test("a failure in the middle is an error, and so is an answer that breaks off", async () => {
  const failing = [delta("x"), { error: { message: "It crashed.", code: "engine_unavailable" } }];
  expect(await errorOf(answering(failing.map(frame).join("")))).toMatchObject({
    code: "engine_unavailable",
    message: "It crashed.",
  });
  expect(await errorOf(answering(frame(delta("x"))))).toMatchObject({ code: "unreachable" });
  expect(await errorOf(answering("<h1>nginx</h1>", { status: 502 }))).toMatchObject({ status: 502 });
});
