import type { EngineFailure, GenerateEvent, TokenUsage } from "@assay/core";
import { listTenantRows } from "@assay/store/testing";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { addSharedModel } from "../registry/add-shared-model.ts";
import { createAdapter } from "../registry/create-adapter.ts";
import { uploadAdapterVersion } from "../registry/upload-adapter-version.ts";
import {
  addSharedToyModel,
  createToyPrompt,
  describeEachPlatform,
  streamOf,
  type TestPlatform,
  toyAdapter,
  toyModel,
} from "../testing/index.ts";
import { createChatGeneration } from "./create-generation.ts";

const USAGE: TokenUsage = { promptTokens: 30, completionTokens: 4 };
const TEXT: GenerateEvent = { type: "text", text: "Hello" };
const finish = (usage: TokenUsage | undefined = USAGE): GenerateEvent => ({
  type: "finish",
  reason: "stop",
  usage,
  queueWaitMs: 0,
});
const failed = (code: EngineFailure["code"], usage?: TokenUsage): GenerateEvent => ({
  type: "failed",
  failure: { code, message: "no", retryable: false },
  usage,
});

/** A tenant with a prompt on a model that costs one micro-unit for a token in and two for a token out. */
async function opened(open: () => Promise<TestPlatform>) {
  const platform = await open();
  const airline = await platform.tenant("airline");
  const price = { inputMicrosPerMillion: 1_000_000, outputMicrosPerMillion: 2_000_000 };
  await addSharedModel(platform.operator, {
    slug: "priced",
    file: streamOf(toyModel({ width: 8 })),
    ...price,
  });
  const [version] = await createToyPrompt(airline, "triage", { model: "priced", texts: ["One."] });
  const { engine, store } = platform.platform;
  return {
    platform,
    airline,
    version,
    playing: (...events: GenerateEvent[]) => engine.answerWith(() => events),
    traces: async (context: Context = airline) => {
      const { traces = [] } = await listTenantRows(store, context.tenant.tenantId);
      return traces.map((row) => JSON.parse(String(row)) as Record<string, unknown>);
    },
    [Symbol.asyncDispose]: () => platform[Symbol.asyncDispose](),
  };
}

function start(context: Context, model: string, signal = new AbortController().signal) {
  return createChatGeneration(context, { model, messages: [{ role: "user", content: "hi" }] }, signal);
}

async function typesOf(events: AsyncIterable<GenerateEvent>): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of events) types.push(type);
  return types;
}

describeEachPlatform("a generation's trace", (open) => {
  test("says who asked what of which version, with tokens and cost, and is there before the last event", async () => {
    await using at = await opened(open);
    at.playing(TEXT, finish());
    const generation = await start(at.airline, "prompt:triage@1");
    expect(generation.cost()).toBeNull();
    for await (const { type } of generation.events) {
      expect(await at.traces(), type).toHaveLength(type === "finish" ? 1 : 0);
    }
    expect(generation.cost()).toBe(38);
    expect(await at.traces()).toMatchObject([
      {
        id: generation.traceId,
        tenantId: at.airline.tenant.tenantId,
        keyId: at.airline.caller.keyId,
        promptVersionId: at.version?.id,
        model: "priced",
        adapterSha256: null,
        status: "completed",
        failureCode: null,
        promptTokens: 30,
        completionTokens: 4,
        costMicros: 38,
      },
    ]);
  });

  test.each<[what: string, events: GenerateEvent[], trace: Record<string, unknown>]>([
    [
      "an engine that does not say what was used",
      [TEXT, { ...finish(), usage: undefined } as GenerateEvent],
      {
        status: "completed",
        failureCode: null,
        promptTokens: null,
        completionTokens: null,
        costMicros: null,
      },
    ],
    [
      "a failure before the first token",
      [failed("unavailable")],
      { status: "failed", failureCode: "unavailable", promptTokens: null, costMicros: null },
    ],
    [
      "a failure in the middle, with what was used until then",
      [TEXT, failed("crashed", { promptTokens: 30, completionTokens: 1 })],
      { status: "failed", failureCode: "crashed", promptTokens: 30, completionTokens: 1, costMicros: 32 },
    ],
    [
      "a cancelling that the engine tells",
      [TEXT, failed("cancelled", { promptTokens: 30, completionTokens: 1 })],
      { status: "cancelled", failureCode: "cancelled", completionTokens: 1, costMicros: 32 },
    ],
  ])("%s", async (_, events, trace) => {
    await using at = await opened(open);
    at.playing(...events);
    const generation = await start(at.airline, "prompt:triage@1");
    expect(await typesOf(generation.events)).toEqual(events.map(({ type }) => type));
    expect(await at.traces()).toMatchObject([{ id: generation.traceId, ...trace }]);
    expect(generation.cost()).toBe(trace.costMicros);
  });

  test("is one for a reader who leaves in the middle, and one for a reader who leaves at the last event", async () => {
    await using at = await opened(open);
    at.playing(TEXT, TEXT, finish());
    for await (const _ of (await start(at.airline, "prompt:triage@1")).events) break;
    expect(await at.traces()).toMatchObject([
      { status: "cancelled", failureCode: "cancelled", promptTokens: null, costMicros: null },
    ]);
    const { traceId, events } = await start(at.airline, "prompt:triage@1");
    for await (const { type } of events) if (type === "finish") break;
    const traces = await at.traces();
    expect(traces).toHaveLength(2);
    expect(traces.find(({ id }) => id === traceId)).toMatchObject({ status: "completed", costMicros: 38 });
  });

  test("is one for a caller who had gone before it began", async () => {
    await using at = await opened(open);
    const { events } = await start(at.airline, "prompt:triage@1", AbortSignal.abort());
    expect(await typesOf(events)).toEqual(["failed"]);
    expect(await at.traces()).toMatchObject([{ status: "cancelled", failureCode: "cancelled" }]);
  });

  test("names the adapter's file, and leaves the cost open where the model has no price", async () => {
    await using at = await opened(open);
    await addSharedToyModel(at.platform.operator, "free");
    await createAdapter(at.airline, { slug: "lora", baseModel: "free" });
    const file = streamOf(toyAdapter({ width: 8, rank: 4, alpha: 16 }));
    const { sha256 } = await uploadAdapterVersion(at.airline, { adapter: "lora", file });
    at.playing(TEXT, finish());
    const { events, cost } = await start(at.airline, "adapter:lora@1");
    await typesOf(events);
    expect(cost()).toBeNull();
    expect(await at.traces()).toMatchObject([
      { promptVersionId: null, model: "free", adapterSha256: sha256, promptTokens: 30, costMicros: null },
    ]);
  });

  test("lies with the tenant that asked, for whom the engine was asked at once", async () => {
    await using at = await opened(open);
    const bank = await at.platform.tenant("bank");
    const abort = new AbortController();
    await typesOf((await start(bank, "priced", abort.signal)).events);
    expect(await at.traces()).toEqual([]);
    expect(await at.traces(bank)).toHaveLength(1);
    const { call } = at.platform.platform.engine.calls.at(-1) ?? {};
    expect(call).toEqual({ tenantId: bank.tenant.tenantId, priority: "interactive", signal: abort.signal });
  });
});
