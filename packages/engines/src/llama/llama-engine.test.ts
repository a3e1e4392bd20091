import { copyFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  collectOutcome,
  type GenerateEvent,
  type GenerateRequest,
  type JsonSchema,
  LIMITS,
  type LocalTarget,
} from "@assay/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LlamaEngine, openLlamaEngine } from "./llama-engine.ts";
import { MODELS_PER_TENANT_MAX } from "./model-places.ts";
import { callOf, codeOf, isAlive, logprobsOf, requestOn, textOf } from "./testing/generations.ts";
import { type NanoFiles, writeNanoFiles } from "./testing/nano-model.ts";

let files: NanoFiles;
let engine: LlamaEngine;
let logged: string[];
/** Its answers can take seconds: one is surely under way when a test acts on its first words. */
let long: NanoFiles;
const LONG = { temperature: 0, maxTokens: 8_000 };

beforeAll(async () => {
  files = await writeNanoFiles({ contextTokens: 2_048 });
  long = await writeNanoFiles({ contextTokens: 8_192 });
});
afterAll(() => Promise.all([files.remove(), long.remove()]));

const outcomeOf = (request: GenerateRequest, call = callOf()) =>
  collectOutcome(engine.generate(request, call));
const pidOf = (target = files.base) => engine.childPid(target.modelSha256)!;

let onLog: (event: string) => void;
function open(): void {
  logged = [];
  onLog = (event) => logged.push(event);
  engine = openLlamaEngine({ log: (event) => onLog(event) });
}

describe("on one engine", () => {
  beforeAll(open);
  afterAll(() => engine.close());

  test("every adapter answers together with the others exactly as it does alone", async () => {
    const targets = [files.base, ...(await Promise.all([11, 12, 13].map((seed) => files.withAdapter(seed))))];
    const requests = targets.map((target) => requestOn(target, { topLogprobs: 3 }));
    const alone = [];
    for (const request of requests) alone.push(await eventsOf(request));
    expect(new Set(alone.map(textOf)).size).toBe(targets.length);

    const together = await Promise.all([...requests, ...requests, ...requests].map(eventsOf));
    for (const [index, events] of together.entries()) {
      const reference = alone[index % targets.length]!;
      expect(textOf(events)).toBe(textOf(reference));
      const [values, expected] = [logprobsOf(events), logprobsOf(reference)];
      expect(values).toHaveLength(expected.length);
      // Bit-identical up to the shape of a batch, which moves logits by about a millionth.
      for (const [at, value] of values.entries()) expect(value).toBeCloseTo(expected[at]!, 3);
    }
  });

  test("log probabilities come with the text they belong to, the chosen token first at temperature 0", async () => {
    const events = await eventsOf(requestOn(files.base, { topLogprobs: 2 }));
    const logprobs = events.flatMap((event) => (event.type === "text" ? (event.logprobs ?? []) : []));
    expect(logprobs).toHaveLength(12);
    for (const { token, logprob, top } of logprobs) {
      expect(top).toHaveLength(2);
      expect(top[0]).toEqual({ token, logprob });
      expect(logprob).toBeLessThanOrEqual(0);
    }
  });

  test("a seed repeats a sampled answer and another seed gives another", async () => {
    const sample = async (seed: number) =>
      (await outcomeOf(requestOn(files.base, { sampling: { temperature: 1.5, seed, maxTokens: 24 } }))).text;
    const first = await sample(7);
    expect(await sample(7)).toBe(first);
    expect(await sample(8)).not.toBe(first);
  });

  test("without maxTokens the answer is as long as the default, or as what fits", async () => {
    const usageOf = async (text: string) =>
      (await outcomeOf(requestOn(files.base, { input: { text }, sampling: { temperature: 0 } }))).usage!;
    expect((await usageOf("hello")).completionTokens).toBe(LIMITS.maxTokensDefault);
    const usage = await usageOf("hello ".repeat(320));
    expect(usage.promptTokens + usage.completionTokens).toBe(2_047);
  });

  test("an answer cut off under a schema says so; a complete one that breaks it is a failure", async () => {
    const answer = (schema: JsonSchema, maxTokens: number) =>
      outcomeOf(
        requestOn(files.base, {
          sampling: { temperature: 0, maxTokens },
          responseFormat: { type: "json_schema", json_schema: { name: "answer", schema } },
        }),
      );
    expect(await answer({ type: "array", items: { type: "integer" }, minItems: 50 }, 8)).toMatchObject({
      status: "completed",
      reason: "length",
    });
    expect(await answer({ enum: ["yes"], minLength: 9 }, 40)).toMatchObject({
      status: "failed",
      failure: { code: "schema_violated" },
    });
    expect(await answer({ type: "object", properties: { a: {} } }, 40)).toMatchObject({
      failure: { code: "unsupported_parameter", message: expect.stringContaining("the schema.a") },
    });
  });

  test("json_object gives an object", async () => {
    const outcome = await outcomeOf(
      requestOn(files.base, {
        sampling: { temperature: 0, maxTokens: 400 },
        responseFormat: { type: "json_object" },
      }),
    );
    if (outcome.status === "completed" && outcome.reason === "stop") JSON.parse(outcome.text);
    expect(outcome.text).toMatch(/^\{/);
  });

  test.each([
    { temperature: -1 },
    { temperature: Number.NaN },
    { topP: 0 },
    { topP: 2 ** 53 },
    { maxTokens: 0 },
    { maxTokens: 2 ** 31 },
    { seed: -1 },
    { seed: 2 ** 53 },
  ])("sampling of %j is refused as a value", async (sampling) => {
    expect(await outcomeOf(requestOn(files.base, { sampling }))).toMatchObject({
      failure: { code: "invalid_request" },
    });
  });

  test("what can never fit and grammars without bound are refused before they are queued", async () => {
    expect(await outcomeOf(requestOn(files.base))).toMatchObject({ status: "completed" });
    const schema: JsonSchema = { enum: Array.from({ length: 30_000 }, (_, index) => `v${index}`) };
    const outcomes = [
      outcomeOf(requestOn(files.base, { input: { text: "a".repeat(100_000) } })),
      outcomeOf(
        requestOn(files.base, {
          responseFormat: { type: "json_schema", json_schema: { name: "answer", schema } },
        }),
      ),
    ];
    expect(engine.status()).toMatchObject({ queued: 0, active: 0 });
    expect(await Promise.all(outcomes)).toMatchObject([
      { failure: { code: "context_length_exceeded", message: expect.stringContaining("2048") } },
      { failure: { code: "unsupported_parameter", message: expect.stringContaining("enumerated values") } },
    ]);
  });

  test("a cancelled answer stops, and the next is served", async () => {
    const abort = new AbortController();
    const request = requestOn(long.base, { sampling: LONG });
    let texts = 0;
    let last: GenerateEvent | undefined;
    for await (const event of engine.generate(request, callOf("ten_a", abort.signal))) {
      if (event.type === "text" && ++texts === 5) abort.abort();
      last = event;
    }
    expect(last).toMatchObject({ type: "failed", failure: { code: "cancelled" } });
    expect((last as Extract<GenerateEvent, { type: "failed" }>).usage?.completionTokens).toBeLessThan(7_000);
    expect(await outcomeOf(requestOn(files.base))).toMatchObject({ status: "completed" });
  });

  test("a model that cannot be loaded fails its own requests, without a path in the message", async () => {
    const modelPath = join(files.folder, "broken.gguf");
    await writeFile(modelPath, "GGUF but not really");
    const broken: LocalTarget = { kind: "local", modelSha256: "b".repeat(64), modelPath };
    const [failed, served] = await Promise.all([
      outcomeOf(requestOn(broken)),
      outcomeOf(requestOn(files.base)),
    ]);
    expect(failed).toMatchObject({
      failure: { code: "unavailable", message: "The model could not be loaded." },
    });
    expect(served).toMatchObject({ status: "completed" });
  });
});

describe("on an engine of its own", () => {
  beforeEach(open);
  afterEach(() => engine.close());

  test("a tenant's queue is bounded, says when to come back, and leaves room for others", async () => {
    const results = Array.from({ length: LIMITS.engineQueuePerTenantMax + 1 }, () =>
      outcomeOf(requestOn(files.base)),
    );
    expect(engine.status().queued).toBe(LIMITS.engineQueuePerTenantMax);
    expect(await results.at(-1)).toMatchObject({
      failure: { code: "queue_full", retryable: true, retryAfterMs: expect.any(Number) },
    });
    const other = outcomeOf(requestOn(files.base), callOf("ten_b"));
    expect(await other).toMatchObject({ status: "completed" });
    const outcomes = await Promise.all(results);
    expect(outcomes.filter(({ status }) => status === "completed")).toHaveLength(
      LIMITS.engineQueuePerTenantMax,
    );
    expect(engine.status()).toMatchObject({ queued: 0, active: 0 });
  });

  test("after a crash what had said nothing is served, what had is told, and the next finds a new process", async () => {
    expect(await outcomeOf(requestOn(long.base))).toMatchObject({ status: "completed" });
    const pid = pidOf(long.base);
    const spoken = Promise.withResolvers<void>();
    const speaking = (async () => {
      let last: GenerateEvent | undefined;
      const request = requestOn(long.base, { sampling: LONG });
      for await (const event of engine.generate(request, callOf())) {
        if (event.type === "text") spoken.resolve();
        last = event;
      }
      return last;
    })();
    await spoken.promise;
    process.kill(pid, "SIGSTOP");
    const silent = [1, 2, 3].map((index) =>
      outcomeOf(requestOn(long.base, { input: { text: `hello ${index}` } })),
    );
    await expect.poll(() => engine.status()).toMatchObject({ active: 4, queued: 0 });
    process.kill(pid, "SIGKILL");

    expect(await speaking).toMatchObject({ type: "failed", failure: { code: "crashed", retryable: true } });
    for (const outcome of await Promise.all(silent)) expect(outcome).toMatchObject({ status: "completed" });
    expect(pidOf(long.base)).not.toBe(pid);
    expect(logged).toContain("child_ended");
  });

  test("a request that crashes the process twice fails; those beside it do not", async () => {
    const frozen: number[] = [];
    // A process that stands still from the moment it is ready has what it is handed in flight, and says nothing.
    onLog = (event) => {
      if (event !== "child_ready" || frozen.length === 2) return;
      frozen.push(pidOf());
      process.kill(pidOf(), "SIGSTOP");
    };
    const outcomes = ["hello 1", "hello 2"].map((text, index) =>
      outcomeOf(requestOn(files.base, { input: { text } }), callOf(`ten_${index}`)),
    );
    for (const [round, inFlight] of [2, 1].entries()) {
      await expect.poll(() => frozen.length).toBe(round + 1);
      expect(engine.status().active).toBe(inFlight);
      process.kill(frozen[round]!, "SIGKILL");
    }
    // The second time they ran one by one: only the one that was in flight can have been the cause.
    expect((await Promise.all(outcomes)).map(codeOf).sort()).toEqual(["completed", "crashed"]);
  });

  test("a tenant that removes its copy of a model does not take it from another", async () => {
    const copy = { ...files.base, modelPath: join(files.folder, "copy.gguf") };
    await copyFile(files.base.modelPath, copy.modelPath);
    expect(await outcomeOf(requestOn(copy), callOf("ten_b"))).toMatchObject({ status: "completed" });
    await rm(copy.modelPath);
    process.kill(pidOf(), "SIGKILL");
    await expect.poll(() => logged).toContain("child_ended");
    const [gone, there] = await Promise.all([
      outcomeOf(requestOn(copy), callOf("ten_b")),
      outcomeOf(requestOn(files.base)),
    ]);
    expect(gone).toMatchObject({ failure: { code: "unavailable" } });
    expect(there).toMatchObject({ status: "completed" });
  });

  test("a tenant's own models share half of the places, take turns, and leave the operator's alone", async () => {
    const shared = { ...files.base, shared: true };
    expect(await outcomeOf(requestOn(shared))).toMatchObject({ status: "completed" });
    const pid = pidOf();
    const own = await Promise.all(
      Array.from({ length: MODELS_PER_TENANT_MAX + 1 }, (_, index) =>
        writeNanoFiles({ contextTokens: 256 + index }),
      ),
    );
    const outcomes = Promise.all(own.map(({ base }) => outcomeOf(requestOn(base), callOf("ten_b"))));
    const running = () => own.filter(({ base }) => engine.childPid(base.modelSha256) !== undefined).length;
    await expect.poll(running, { timeout: 20_000 }).toBe(MODELS_PER_TENANT_MAX);
    expect((await outcomes).map(codeOf)).toEqual(own.map(() => "completed"));
    expect(running()).toBe(MODELS_PER_TENANT_MAX);
    expect(pidOf()).toBe(pid);
    await Promise.all(own.map((each) => each.remove()));
  });

  test("closing ends the processes and answers what was waiting", async () => {
    expect(await outcomeOf(requestOn(files.base))).toMatchObject({ status: "completed" });
    const pid = pidOf();
    const waiting = outcomeOf(requestOn(files.base, { sampling: { maxTokens: 1_500 } }));
    await engine.close();
    expect(await waiting).toMatchObject({ failure: { code: "unavailable" } });
    expect(isAlive(pid)).toBe(false);
  });
});

async function eventsOf(request: GenerateRequest): Promise<GenerateEvent[]> {
  const events: GenerateEvent[] = [];
  for await (const event of engine.generate(request, callOf())) events.push(event);
  return events;
}
