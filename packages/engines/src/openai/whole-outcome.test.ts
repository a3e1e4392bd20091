import { collectOutcome, type GenerateCall, type GenerateRequest, generateWhole } from "@assay/core";
import { describe, expect, test } from "vitest";
import { type HostedCall, type HostedCallOptions, withHostedCall } from "../testing/hosted-call.ts";

const BODY = JSON.stringify({
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Grüße" } }],
  usage: { prompt_tokens: 9, completion_tokens: 4 },
});
const JSON_TYPE = { "content-type": "application/json" };
const request = (target: GenerateRequest["target"]): GenerateRequest => ({
  target,
  input: { messages: [{ role: "user", content: "hi" }] },
  sampling: {},
});
const callWith = (signal = new AbortController().signal): GenerateCall => ({
  tenantId: "ten_1",
  priority: "batch",
  signal,
});
const wholeOf = ({ engine, target }: HostedCall, signal?: AbortSignal) =>
  generateWhole(engine, request(target), callWith(signal));
const withCall = (options: HostedCallOptions, use: (call: HostedCall) => Promise<void>) =>
  withHostedCall({ priority: "batch", ...options }, use);

describe("a generation as one value", () => {
  test.each([
    ["comes whole", { headers: JSON_TYPE, body: BODY }],
    ["comes in two pieces", { headers: JSON_TYPE, body: [BODY.slice(0, 40), BODY.slice(40)].join("") }],
    ["is streamed all the same", { fixture: "plain.sse" }],
    ["is refused by the provider", { status: 401, fixture: "error-401.json" }],
    ["is no JSON", { headers: JSON_TYPE, body: "{" }],
    ["says nothing of its end", { headers: JSON_TYPE, body: BODY.replace('"stop"', "null") }],
  ])("is what its events come to when the answer %s", async (_name, answer) => {
    await withCall({ answers: answer }, async (call) => {
      const { engine, target } = call;
      const outcome = await wholeOf(call);
      expect(outcome).toEqual(await collectOutcome(engine.generate(request(target), callWith())));
    });
  });

  test("is tried again after a failure that may pass", async () => {
    const answers = [
      { status: 503, fixture: "error-503.json" },
      { headers: JSON_TYPE, body: BODY },
    ];
    await withCall({ answers }, async (call) => {
      expect(await wholeOf(call)).toMatchObject({ status: "completed", text: "Grüße" });
      expect(call.provider.requests).toHaveLength(2);
    });
  });

  test("is bounded in bytes and in time", async () => {
    await withCall({ answers: { headers: JSON_TYPE, body: BODY }, answerBytesMax: 20 }, async (call) => {
      expect(await wholeOf(call)).toMatchObject({ status: "failed", failure: { retryable: false } });
    });
    const timeouts = { firstByteMs: 40, idleMs: 40, totalMs: 40 };
    const hanging = { headers: JSON_TYPE, body: BODY.slice(0, 40), ending: "hang" } as const;
    await withCall({ answers: hanging, timeouts }, async (call) => {
      expect(await wholeOf(call)).toMatchObject({ status: "failed", failure: { code: "timeout" } });
    });
  });

  test("goes to allowed hosts only", async () => {
    await withCall({ answers: { headers: JSON_TYPE, body: BODY }, allowedHosts: [] }, async (call) => {
      for (let time = 0; time < 2; time += 1) expect((await wholeOf(call)).status).toBe("failed");
      expect(call.provider.requests).toHaveLength(0);
    });
  });

  test("ends when its caller leaves, or the engine closes", async () => {
    const hanging = { headers: JSON_TYPE, body: BODY.slice(0, 40), ending: "hang" } as const;
    await withCall({ answers: hanging }, async (call) => {
      const leaving = new AbortController();
      const asked = wholeOf(call, leaving.signal);
      while (call.provider.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      leaving.abort();
      expect(await asked).toMatchObject({ status: "failed", failure: { code: "cancelled" } });
      const closed = wholeOf(call);
      while (call.provider.requests.length === 1) await new Promise((resolve) => setImmediate(resolve));
      await call.engine.close();
      expect(await closed).toMatchObject({ status: "failed", failure: { code: "unavailable" } });
    });
  });
});
