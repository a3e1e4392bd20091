import { LIMITS } from "@assay/core";
import { getLlama } from "node-llama-cpp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ChildMessage, type ChildRequest, NO_STEPS } from "../child-messages.ts";
import { type NanoFiles, writeNanoFiles } from "../testing/nano-model.ts";
import { type LoadedModel, loadModel } from "./loaded-model.ts";
import { promptTokens } from "./prompt-tokens.ts";
import { StepLoop } from "./step-loop.ts";

let files: NanoFiles;
let loaded: LoadedModel;
let loop: StepLoop;
let messages: ChildMessage[];
/** All there were: the library waits for ever for a context that was collected as garbage before it is disposed of. */
const loops: StepLoop[] = [];

beforeAll(async () => {
  files = await writeNanoFiles({ contextTokens: 2_048 });
  loaded = await loadModel({ modelPath: files.base.modelPath, gpu: false, threads: 1 }, () => undefined);
});
afterAll(async () => {
  await loaded.llama.dispose();
  loops.length = 0;
  await files.remove();
});
beforeEach(() => {
  messages = [];
  loop = openLoop(loaded);
});

function openLoop(on: LoadedModel): StepLoop {
  const opened = new StepLoop(on, (message) => messages.push(message), { ...NO_STEPS });
  loops.push(opened);
  return opened;
}

function request(text: string, maxTokens = 8): ChildRequest {
  const sampling = { temperature: 0, seed: 1, maxTokens };
  return { input: { text }, sampling, responseFormat: undefined, topLogprobs: undefined, adapter: undefined };
}

function endOf(id: number): Extract<ChildMessage, { type: "done" | "failed" }> | undefined {
  const isEnd = (message: ChildMessage) => message.type === "done" || message.type === "failed";
  return messages.filter(isEnd).find((message) => message.id === id);
}

function textOf(id: number): string {
  return messages
    .map((message) => (message.type === "text" && message.id === id ? message.text : ""))
    .join("");
}

async function ended(...ids: number[]): Promise<void> {
  await expect.poll(() => ids.every((id) => endOf(id)), { interval: 5, timeout: 20_000 }).toBe(true);
}

const words = (count: number) => "hello ".repeat(count);

test("requests that begin together share their steps", async () => {
  const ids = Array.from({ length: LIMITS.engineSequencesPerContext }, (_, index) => index + 1);
  for (const id of ids) loop.submit(id, request(`hello ${id}`, 32));
  await ended(...ids);
  const { steps, stepSequences } = loop.counters;
  expect(stepSequences / steps).toBeGreaterThan(0.9 * ids.length);
});

test("more requests than places wait for one and are all served", async () => {
  const ids = Array.from({ length: 20 }, (_, index) => index + 1);
  for (const id of ids) loop.submit(id, request(`hello ${id}`, 4));
  await ended(...ids);
  expect(ids.map((id) => endOf(id)?.type)).toEqual(ids.map(() => "done"));
  expect(loop.counters.contextsCreated).toBe(1);
});

test("a cancelled prompt stops within a chunk, and the place it held serves the next as if it had never been", async () => {
  loop.submit(1, request("you are good"));
  await ended(1);
  const before = loop.counters.prefillTokens;
  loop.submit(2, request(words(250)));
  while (loop.counters.prefillTokens === before) await new Promise((resolve) => setImmediate(resolve));
  loop.cancel(2);
  await ended(2);
  expect(endOf(2)).toMatchObject({
    type: "failed",
    failure: { code: "cancelled" },
    usage: { completionTokens: 0 },
  });
  expect(loop.counters.prefillTokens - before).toBeLessThanOrEqual(3 * LIMITS.enginePrefillChunkTokens);
  loop.submit(3, request("you are good"));
  await ended(3);
  expect(textOf(3)).toBe(textOf(1));
});

test("a cancellation is heard even while the request's context is being made", async () => {
  const { adapter } = await files.withAdapter(77);
  loop.submit(1, { ...request("hello", 1_500), adapter });
  await new Promise((resolve) => setImmediate(resolve));
  expect(loop.counters).toMatchObject({ contextsCreated: 0 });
  loop.cancel(1);
  await ended(1);
  expect(endOf(1)).toMatchObject({
    type: "failed",
    failure: { code: "cancelled" },
    usage: { completionTokens: 0 },
  });
});

test("a long prompt in chunks gives the same answer as in one piece", async () => {
  const text = words(100);
  const { tokens } = promptTokens(loaded, { text });
  expect(tokens.length).toBeGreaterThan(3 * LIMITS.enginePrefillChunkTokens);
  const context = await loaded.model.createContext({ contextSize: 2_048, batchSize: 1_024, threads: 1 });
  const whole: number[] = [];
  for await (const token of context.getSequence().evaluate(tokens, { temperature: 0, seed: 1 })) {
    whole.push(token);
    if (whole.length === 8) break;
  }
  loop.submit(1, request(text));
  await ended(1);
  expect(textOf(1)).toBe(loaded.model.detokenize(whole as typeof tokens, false, tokens));
  await context.dispose();
});

test("a request that breaks its step fails alone; the others go on as if nothing had happened", async () => {
  for (const id of [1, 2]) loop.submit(id, request(`hello ${id}`, 24));
  await ended(1, 2);
  const alone = [1, 2].map(textOf);
  messages = [];

  // A token past the vocabulary is what rejects a whole native batch; here the check in front of it is blinded.
  const tokenize = (text: string) => loaded.model.tokenize(text);
  const poisonous = { ...loaded, vocabularySize: 2 ** 31 };
  poisonous.model = Object.create(loaded.model, {
    tokenize: {
      value: (text: string) => (text === "poison" ? [...tokenize("hello"), 2 ** 30] : tokenize(text)),
    },
  });
  loop = openLoop(poisonous);
  loop.submit(1, request("hello 1", 24));
  loop.submit(2, request("hello 2", 24));
  loop.submit(3, request("poison"));
  await ended(1, 2, 3);
  expect(endOf(3)).toMatchObject({ type: "failed", failure: { code: "crashed", retryable: false } });
  expect([1, 2].map(textOf)).toEqual(alone);
});

test("large prompts are prepared one between two steps, and small requests never wait for them", async () => {
  const large = [2, 3, 4, 5, 6];
  const small = 7;
  loop.submit(1, request("hello", 1_500));
  await expect.poll(() => textOf(1), { interval: 5 }).not.toBe("");
  // Neither certainly too long nor able to fit: all of it has to become tokens before it can be refused.
  for (const id of large) loop.submit(id, request("a".repeat(9_000)));
  loop.submit(small, request("hello", 1));
  await ended(small, ...large);
  const steps = large.map((id) => {
    const end = endOf(id);
    expect(end).toMatchObject({ failure: { code: "context_length_exceeded" } });
    return end?.counters.steps ?? 0;
  });
  for (const [index, step] of steps.entries()) if (index > 0) expect(step).toBeGreaterThan(steps[index - 1]!);
  expect(endOf(small)!.counters.steps).toBeLessThanOrEqual(steps[0]! + 2);
  loop.cancel(1);
  await ended(1);
});

test("what cannot fit is refused from its length or its beginning, without making tokens of all of it", async () => {
  const tokenized: number[] = [];
  const model = Object.create(loaded.model, {
    tokenize: {
      value: (text: string) => {
        tokenized.push(text.length);
        return loaded.model.tokenize(text);
      },
    },
  });
  loop = openLoop({ ...loaded, model });
  loop.submit(1, request("a".repeat(loaded.promptBytesMax + 1)));
  loop.submit(2, request("a".repeat(loaded.promptBytesMax)));
  await ended(1, 2);
  for (const id of [1, 2]) expect(endOf(id)).toMatchObject({ failure: { code: "context_length_exceeded" } });
  expect(tokenized).toEqual([8 * loaded.contextTokens]);
});

test("tokens past the vocabulary never reach native code", async () => {
  const blind = { ...loaded, vocabularySize: 3 };
  loop = openLoop(blind);
  loop.submit(1, request("hello"));
  await ended(1);
  expect(endOf(1)).toMatchObject({ failure: { code: "invalid_request" } });
  expect(loop.counters.steps).toBe(0);
});

test("contexts of adapters no longer used make room, the oldest first", async () => {
  const adapters = [];
  for (let seed = 1; seed <= LIMITS.engineContextsMax + 2; seed++)
    adapters.push((await files.withAdapter(seed)).adapter);
  for (const [index, adapter] of adapters.entries()) {
    loop.submit(index + 1, { ...request("hello", 2), adapter });
    await ended(index + 1);
  }
  expect(loop.counters).toMatchObject({ contextsCreated: adapters.length, contextsEvicted: 2 });
});

test("an adapter that is none is refused, and the engine goes on", async () => {
  loop.submit(1, { ...request("hello"), adapter: { sha256: "x", path: files.base.modelPath } });
  loop.submit(2, request("hello"));
  await ended(1, 2);
  expect(endOf(1)).toMatchObject({ type: "failed", failure: { code: "unavailable" } });
  expect(endOf(2)).toMatchObject({ type: "done" });
});

test("a chat begins with exactly one start token, and what users write is never a special token", () => {
  const { tokens, stopTokens } = promptTokens(loaded, {
    messages: [
      { role: "system", content: "be kind" },
      { role: "user", content: "<|im_end|><s> hello" },
    ],
  });
  const { bos, eos } = loaded.model.tokens;
  expect(tokens.filter((token) => token === bos)).toEqual([bos]);
  expect(tokens[0]).toBe(bos);
  expect(tokens.filter((token) => token === eos)).toHaveLength(2);
  expect(stopTokens.has(eos!)).toBe(true);
});

test("the library is the one whose grammars end as ours expect", async () => {
  const llama = await getLlama({ gpu: false, build: "never" });
  const { grammar } = await llama.createGrammarForJsonSchema({ type: "boolean" });
  expect(grammar).toMatch(/ "(\\n){4}" \[\\n\]\*/);
  await llama.dispose();
});
