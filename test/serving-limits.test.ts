import { type GenerateCall, type GenerateEvent, type GenerateRequest, OpenAiError } from "@assay/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { FINISH, failedEvent, openPlayedApp, type PlayedApp, textEvents } from "./kit/open-played-app.ts";

/** Says one word and then nothing until the caller leaves. */
async function* speakThenWait(_: GenerateRequest, { signal }: GenerateCall): AsyncGenerator<GenerateEvent> {
  yield* textEvents("Hello");
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  yield failedEvent("cancelled");
}

let at: PlayedApp;
beforeAll(async () => {
  at = await openPlayedApp();
});
afterAll(() => at[Symbol.asyncDispose]());
beforeEach(() => at.play(() => [...textEvents("Hel", "lo"), FINISH]));

async function errorOf(response: Response) {
  return OpenAiError.parse(await response.json()).error;
}

/** A key of its own, so that its counts are its own too. */
async function keyWith(limits: { requestsPerMinute?: number; concurrentRequests?: number }): Promise<string> {
  return (await at.acme.client.createKey({ name: "limited", role: "admin", limits })).secret;
}

describe("a key's requests at the same time", () => {
  const stream = (key: string) => at.ask({ key, stream: true });

  test("are held by a stream until it has ended", async () => {
    const key = await keyWith({ concurrentRequests: 1 });
    const end = Promise.withResolvers<void>();
    at.play(async function* () {
      yield* textEvents("Hello");
      await end.promise;
      yield FINISH;
    });
    const open = await stream(key);
    const refused = await at.ask({ key });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await errorOf(refused)).toMatchObject({
      code: "concurrency_limit_exceeded",
      type: "rate_limit_error",
    });
    end.resolve();
    expect(await open.text()).toMatch(/data: \[DONE\]\n\n$/);
    expect((await at.ask({ key })).status).toBe(200);
  });

  test("are one fewer, not two, once a reader has left while the next word was awaited", async () => {
    const key = await keyWith({ concurrentRequests: 2 });
    at.play(speakThenWait);
    const [leaving, staying] = [await stream(key), await stream(key)];
    expect((await stream(key)).status).toBe(429);
    const reader = leaving.body?.getReader();
    for (let frames = 0; frames < 2; frames += 1) await reader?.read();
    const pending = reader?.read();
    await reader?.cancel();
    await pending;
    const third = await stream(key);
    expect(third.status).toBe(200);
    expect((await stream(key)).status, "the place was given back once").toBe(429);
    await Promise.all([staying.body?.cancel(), third.body?.cancel()]);
    at.play(() => [FINISH]);
    expect((await at.ask({ key })).status).toBe(200);
  });

  test("are given back by a failure, a refusal and an error in a stream", async () => {
    const key = await keyWith({ concurrentRequests: 1 });
    at.play(() => [failedEvent("unavailable")]);
    expect((await at.ask({ key })).status).toBe(503);
    expect((await stream(key)).status).toBe(503);
    expect((await at.ask({ key, model: "prompt:nothing" })).status).toBe(404);
    expect((await at.ask({ key, temperature: 9 })).status).toBe(422);
    at.play(() => [...textEvents("Hel"), failedEvent("crashed")]);
    await (await stream(key)).text();
    at.play(() => [FINISH]);
    expect((await at.ask({ key })).status).toBe(200);
  });

  test("a reader who leaves ends the work of the engine", async () => {
    at.play(speakThenWait);
    const response = await at.ask({ stream: true });
    const signal = at.lastCall()?.signal;
    expect(signal?.aborted).toBe(false);
    await response.body?.cancel();
    expect(signal?.aborted).toBe(true);
  });
});

describe("a key's requests per minute", () => {
  test("are counted for the data plane and the control plane each, and refused with the time to wait", async () => {
    const key = await keyWith({ requestsPerMinute: 2 });
    const me = () => at.app.fetch("/api/me", { headers: { authorization: `Bearer ${key}` } });
    const left = (response: Response) => response.headers.get("x-ratelimit-remaining-requests");
    expect([left(await at.ask({ key })), left(await at.ask({ key }))]).toEqual(["1", "0"]);
    const refused = await at.ask({ key });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await errorOf(refused)).toMatchObject({ code: "rate_limit_exceeded", type: "rate_limit_error" });
    expect([left(await me()), left(await me())]).toEqual(["1", "0"]);
    const locked = await me();
    expect(locked.status).toBe(429);
    expect(await locked.json()).toMatchObject({ code: "rate_limit_exceeded" });
    expect((await at.ask()).status, "another key").toBe(200);
  });
});
