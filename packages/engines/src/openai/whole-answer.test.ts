import type { GenerateEvent, GenerateRequest } from "@assay/core";
import { describe, expect, test } from "vitest";
import { failureOf, textOf, withHostedCall } from "../testing/hosted-call.ts";

const SOON_MS = 40;
const INTENT: GenerateRequest["responseFormat"] = {
  type: "json_schema",
  json_schema: {
    name: "intent",
    schema: { type: "object", properties: { intent: { enum: ["refund", "other"] } }, required: ["intent"] },
  },
};

describe("an answer that comes whole", () => {
  const whole = (choice: object) => ({
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({
      id: "chatcmpl-1",
      choices: [{ index: 0, finish_reason: "stop", logprobs: null, ...choice }],
      usage: { prompt_tokens: 9, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 2 } },
    }),
  });
  const usage = { promptTokens: 9, completionTokens: 4, cachedPromptTokens: 2 };
  const eventsOf = async (choice: object, change: Partial<GenerateRequest> = {}) => {
    let gathered: GenerateEvent[] = [];
    await withHostedCall({ priority: "batch", answers: whole(choice) }, async ({ events }) => {
      gathered = await events(change);
    });
    return gathered;
  };

  test("is one text with its usage", async () => {
    expect(await eventsOf({ message: { role: "assistant", content: "Grüße 東京", refusal: null } })).toEqual([
      { type: "text", text: "Grüße 東京" },
      { type: "finish", reason: "stop", usage, queueWaitMs: 0 },
    ]);
  });

  test("has its tool calls in order, its log probabilities, and its reason", async () => {
    const call = (id: string, name: string) => ({
      id,
      type: "function",
      function: { name, arguments: "{}" },
    });
    const message = { content: null, tool_calls: [call("call_b", "find"), call("call_a", "seat")] };
    expect(await eventsOf({ message, finish_reason: "tool_calls" })).toMatchObject([
      { type: "tool_call", index: 0, call: { id: "call_b", function: { name: "find" } } },
      { type: "tool_call", index: 1, call: { id: "call_a", function: { name: "seat" } } },
      { type: "finish", reason: "tool_calls" },
    ]);
    const logprobs = { content: [{ token: "yes", logprob: -0.25, top_logprobs: [] }] };
    expect((await eventsOf({ message: { content: "yes" }, logprobs }, { topLogprobs: 1 }))[0]).toEqual({
      type: "text",
      text: "yes",
      logprobs: [{ token: "yes", logprob: -0.25, top: [] }],
    });
  });

  test("that is a refusal or breaks its schema is a failure with its usage", async () => {
    const refusal = { content: null, refusal: "I cannot assist." };
    expect(await eventsOf({ message: refusal })).toMatchObject([
      { type: "failed", failure: { code: "refused_by_provider" }, usage },
    ]);
    const broken = { message: { content: '{"intent":"poetry"}' } };
    const events = await eventsOf(broken, { responseFormat: INTENT });
    expect(events.at(-1)).toMatchObject({ type: "failed", failure: { code: "schema_violated" }, usage });
    expect(
      (await eventsOf({ ...broken, finish_reason: "length" }, { responseFormat: INTENT })).at(-1),
    ).toMatchObject({
      type: "finish",
      reason: "length",
    });
  });

  test("of a legacy completion is its text", async () => {
    const target = { connectionKind: "openai-compatible" as const };
    const answers = whole({ text: " a time there" });
    await withHostedCall({ priority: "batch", answers, target }, async ({ events, provider }) => {
      expect(textOf(await events({ input: { text: "Once upon" } }))).toBe(" a time there");
      expect(provider.requests[0]).toMatchObject({ path: "/v1/completions", body: { stream: false } });
    });
  });
});

describe("what is wrong with an answer that comes whole", () => {
  const json = { "content-type": "application/json" };
  const whole = JSON.stringify({
    choices: [{ index: 0, message: { role: "assistant", content: "Grüße" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 3, completion_tokens: 1 },
  });

  test.each([
    ["is cut in the middle", { headers: json, body: whole.slice(0, 40) }, "not a completion"],
    [
      "is reset in the middle",
      { headers: { ...json, "content-length": "500" }, body: whole.slice(0, 40), ending: "cut" as const },
      "broke while it answered",
    ],
    ["is not JSON", { headers: json, body: "yes" }, "not a completion"],
    ["is not an object", { headers: json, body: "[]" }, "not a completion"],
    ["has no choices", { headers: json, body: "{}" }, "not a completion"],
    ["has an empty list of choices", { headers: json, body: '{"choices":[]}' }, "not a completion"],
    ["has no message", { headers: json, body: '{"choices":[{"index":0}]}' }, "not a completion"],
    [
      "says no reason",
      { headers: json, body: '{"choices":[{"message":{"content":"a"}}]}' },
      "before it was complete",
    ],
    ["is an error", { headers: json, body: '{"error":{"message":"no"}}' }, "reported an error"],
    ["is html", { fixture: "error-500.html" }, "JSON"],
    ["has no type", { headers: { "content-type": "" }, body: whole }, "JSON"],
    ["is compressed", { headers: { ...json, "content-encoding": "gzip" }, body: whole }, "compressed"],
  ])("and %s is a failure, and not asked for again", async (_what, answers, message) => {
    await withHostedCall({ priority: "batch", answers }, async ({ events, provider, engine }) => {
      expect(failureOf(await events())).toMatchObject({
        code: "upstream_error",
        message: expect.stringContaining(message),
      });
      expect(provider.requests).toHaveLength(1);
      expect(engine.status().active).toBe(0);
    });
  });

  test("is read in whatever pieces it comes", async () => {
    const answers = { headers: json, body: Array.from(Buffer.from(whole), (byte) => Uint8Array.of(byte)) };
    await withHostedCall({ priority: "batch", answers }, async ({ events, provider }) => {
      expect(await events()).toMatchObject([{ text: "Grüße" }, { type: "finish", reason: "stop" }]);
      expect(provider.requests[0]?.body).toMatchObject({ stream: false });
    });
  });

  test("may take as long as all of it takes: only the whole is timed", async () => {
    const answers = { headers: json, body: whole, delayMs: SOON_MS * 3 };
    const timeouts = { firstByteMs: SOON_MS };
    await withHostedCall({ priority: "batch", answers, timeouts }, async ({ events }) => {
      expect(textOf(await events())).toBe("Grüße");
    });
  });
});
