import type { GenerateRequest, HostedTarget } from "@assay/core";
import { collectOutcome } from "@assay/core";
import { expect, test } from "vitest";
import { createFakeEngine } from "./fake-engine.ts";
import { exchangeKey, openRecordedEngine, recordExchanges } from "./recorded-engine.ts";

const target: HostedTarget = {
  kind: "hosted",
  connectionKind: "openai",
  connectionId: "con_1",
  baseUrl: "https://api.openai.com/v1",
  secret: "canary",
  providerModel: "gpt-4.1-mini",
};
const ask = (content: string): GenerateRequest => ({
  target,
  input: { messages: [{ role: "user", content }] },
  sampling: { temperature: 0 },
});
const call = { tenantId: "ten_1", priority: "batch" as const, signal: new AbortController().signal };

test("what was recorded is replayed, also after a trip through JSON", async () => {
  const recorder = recordExchanges(createFakeEngine({ answer: () => ({ text: ["a", "b"] }) }));
  const live = await collectOutcome(recorder.engine.generate(ask("x"), call));
  const stored = JSON.stringify(recorder.exchanges);
  expect(stored).not.toContain("canary");
  const replay = openRecordedEngine(JSON.parse(stored));
  expect(await collectOutcome(replay.generate(ask("x"), call))).toEqual(live);
});

test("a request that was not recorded is refused", async () => {
  const engine = openRecordedEngine([{ key: exchangeKey(ask("x")), events: [] }]);
  expect(await collectOutcome(engine.generate(ask("y"), call))).toMatchObject({
    status: "failed",
    failure: { code: "invalid_request" },
  });
});

test("a key follows the content and not where or with which secret it was asked", () => {
  const elsewhere = { ...target, secret: "other", baseUrl: "https://eu.example", connectionId: "con_2" };
  expect(exchangeKey({ ...ask("x"), target: elsewhere })).toBe(exchangeKey(ask("x")));
  expect(exchangeKey({ ...ask("x"), sampling: { temperature: 1 } })).not.toBe(exchangeKey(ask("x")));
  expect(exchangeKey({ ...ask("x"), target: { ...target, providerModel: "other" } })).not.toBe(
    exchangeKey(ask("x")),
  );
  const local = { kind: "local" as const, modelSha256: "a".repeat(64), modelPath: "a.gguf" };
  const tuned = { ...local, adapter: { sha256: "b".repeat(64), path: "b.gguf" } };
  expect(exchangeKey({ ...ask("x"), target: tuned })).not.toBe(exchangeKey({ ...ask("x"), target: local }));
});
