import type { EngineFailure, GenerateCall, GenerateRequest } from "@assay/core";
import { collectOutcome } from "@assay/core";
import { expect, test } from "vitest";
import { createFakeEngine } from "./fake-engine.ts";

const request: GenerateRequest = {
  target: { kind: "local", modelSha256: "0".repeat(64), modelPath: "none.gguf" },
  input: { messages: [{ role: "user", content: "where is my bag" }] },
  sampling: {},
};
const call = (signal = new AbortController().signal): GenerateCall => ({
  tenantId: "ten_1",
  priority: "batch",
  signal,
});
const AWAY: EngineFailure = { code: "unavailable", message: "away", retryable: true };

test("answers by function, counts words and records every call", async () => {
  const engine = createFakeEngine({ answer: (given) => ("messages" in given.input ? "in Oslo" : "") });
  expect(await collectOutcome(engine.generate(request, call()))).toMatchObject({
    status: "completed",
    text: "in Oslo",
    reason: "stop",
    usage: { completionTokens: 2 },
  });
  expect(engine.calls).toMatchObject([{ request, call: { tenantId: "ten_1", priority: "batch" } }]);
});

test("a script is played first, failures included", async () => {
  const engine = createFakeEngine({ script: [{ failure: AWAY, text: "half" }], answer: () => "whole" });
  expect(await collectOutcome(engine.generate(request, call()))).toMatchObject({
    failure: AWAY,
    text: "half",
  });
  expect(await collectOutcome(engine.generate(request, call()))).toMatchObject({ text: "whole" });
});

test("without an answer it fails instead of inventing one", async () => {
  expect(await collectOutcome(createFakeEngine().generate(request, call()))).toMatchObject({
    failure: { code: "invalid_request" },
  });
});

test("unknown usage stays unknown", async () => {
  const engine = createFakeEngine({ answer: () => ({ text: "x", usage: null }) });
  expect((await collectOutcome(engine.generate(request, call()))).usage).toBeUndefined();
});

test("cancelling ends an answer that is held open", async () => {
  const abort = new AbortController();
  const engine = createFakeEngine({ answer: () => ({ text: ["a", "b"], hold: new Promise(() => {}) }) });
  const types: string[] = [];
  for await (const event of engine.generate(request, call(abort.signal))) {
    types.push(event.type);
    if (types.length === 2) setImmediate(() => abort.abort());
  }
  expect(types).toEqual(["text", "text", "failed"]);
  expect(engine.status().active).toBe(0);
});

test("a closed engine and an aborted signal fail at once", async () => {
  const engine = createFakeEngine({ answer: () => "x" });
  const cancelled = await collectOutcome(engine.generate(request, call(AbortSignal.abort())));
  expect(cancelled).toMatchObject({ failure: { code: "cancelled" } });
  await engine.close();
  expect(await collectOutcome(engine.generate(request, call()))).toMatchObject({
    failure: { code: "unavailable" },
  });
});
