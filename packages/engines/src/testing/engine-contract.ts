import type { Engine, EngineTarget, GenerateEvent, GenerateOutcome, GenerateRequest } from "@assay/core";
import { collectOutcome, invariant } from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

export interface OpenedEngine {
  engine: Engine;
  target: EngineTarget;
  close(): Promise<void>;
}

export interface EngineUnderTest {
  open(): Promise<OpenedEngine>;
  /** Words that are surely longer than the target's context. */
  wordsPastContext: number;
  /** A change to a request that this engine or its model cannot serve. */
  unsupported: (request: GenerateRequest) => GenerateRequest;
  /** False for an engine without `response_format` of a JSON Schema. */
  jsonSchema?: boolean;
  /** What the model is to be told; some models answer only what they were trained on. */
  messages?: (topic: string) => Extract<GenerateRequest["input"], { messages: unknown }>["messages"];
}

/**
 * What every engine behind the port must do, whatever generates the tokens. Register it in a test file:
 * `engineContract("hosted", { open, … })`. Each test shares one engine, save the one that closes it.
 */
export function engineContract(name: string, subject: EngineUnderTest): void {
  describe(`engine contract: ${name}`, () => {
    let opened: OpenedEngine | undefined;
    beforeAll(async () => {
      opened = await subject.open();
    });
    afterAll(async () => opened?.close());
    const current = (): OpenedEngine => {
      invariant(opened, "the engine is open");
      return opened;
    };

    describe("answers", () => answerTests(subject, current));
    describe("embeddings", () => embeddingTests(current));
    describe("failures", () => failureTests(subject, current));
    describe("cancelling and closing", () => endingTests(subject, current));
  });
}

type Current = () => OpenedEngine;

function requestFor(subject: EngineUnderTest, { target }: OpenedEngine, topic = "trees"): GenerateRequest {
  const messages = subject.messages?.(topic) ?? [{ role: "user", content: `Say something about ${topic}` }];
  return { target, input: { messages }, sampling: { temperature: 0, seed: 1, maxTokens: 16 } };
}

function callWith(signal = new AbortController().signal) {
  return { tenantId: "ten_contract", priority: "interactive" as const, signal };
}

async function outcomeOf({ engine }: OpenedEngine, request: GenerateRequest): Promise<GenerateOutcome> {
  return collectOutcome(engine.generate(request, callWith()));
}

async function eventsOf(events: AsyncIterable<GenerateEvent>): Promise<GenerateEvent[]> {
  const gathered: GenerateEvent[] = [];
  for await (const event of events) gathered.push(event);
  return gathered;
}

function answerTests(subject: EngineUnderTest, current: Current): void {
  test("text comes first, then exactly one finish", async () => {
    const opened = current();
    const events = await eventsOf(opened.engine.generate(requestFor(subject, opened), callWith()));
    expect(events.slice(0, -1).map((event) => event.type)).toEqual(Array(events.length - 1).fill("text"));
    expect(events.length).toBeGreaterThan(1);
    expect(events.at(-1)).toMatchObject({ type: "finish", queueWaitMs: expect.any(Number) });
  });

  test("the same seed at temperature 0 gives the same text", async () => {
    const opened = current();
    const request = requestFor(subject, opened);
    const [first, second] = [await outcomeOf(opened, request), await outcomeOf(opened, request)];
    expect(first).toMatchObject({ status: "completed" });
    expect("text" in second && second.text).toBe("text" in first && first.text);
  });

  test("maxTokens ends the answer with reason length and exactly so many tokens", async () => {
    const opened = current();
    // Greedy: a model that is left to chance now and then ends its answer by itself.
    const sampling = { temperature: 0, maxTokens: 2 };
    const outcome = await outcomeOf(opened, { ...requestFor(subject, opened), sampling });
    expect(outcome).toMatchObject({ status: "completed", reason: "length", usage: { completionTokens: 2 } });
  });

  test("usage counts the prompt and grows with the answer", async () => {
    const opened = current();
    const request = requestFor(subject, opened);
    const short = await outcomeOf(opened, { ...request, sampling: { temperature: 0, maxTokens: 1 } });
    const long = await outcomeOf(opened, { ...request, sampling: { temperature: 0, maxTokens: 3 } });
    expect(short.usage?.promptTokens).toBeGreaterThan(0);
    expect(long.usage?.promptTokens).toBe(short.usage?.promptTokens);
    expect(short.usage?.completionTokens).toBe(1);
    expect(long.usage?.completionTokens).toBe(3);
  });

  test("a stop sequence ends the text and is not part of it", async () => {
    const opened = current();
    const request = requestFor(subject, opened);
    const whole = await outcomeOf(opened, request);
    // Across a token's border if it can be: the hard case of a stop sequence.
    const stop = whole.text.slice(3, 6);
    const sampling = { ...request.sampling, stop: [stop] };
    const stopped = await outcomeOf(opened, { ...request, sampling });
    expect(stopped).toMatchObject({ status: "completed", reason: "stop" });
    expect(stopped.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
  });

  test("concurrent calls do not mix", async () => {
    const opened = current();
    const requests = ["oaks", "rivers", "late flights", "lost cards"].map((topic) =>
      requestFor(subject, opened, topic),
    );
    const alone: string[] = [];
    for (const request of requests) alone.push((await outcomeOf(opened, request)).text);
    const together = await Promise.all(requests.map((request) => outcomeOf(opened, request)));
    expect(together.map((outcome) => outcome.text)).toEqual(alone);
  });

  test.runIf(subject.jsonSchema ?? true)("an answer under a JSON Schema parses and matches it", async () => {
    const opened = current();
    const schema = {
      type: "object",
      properties: { kind: { enum: ["tree", "river"] } },
      required: ["kind"],
      additionalProperties: false,
    };
    const outcome = await outcomeOf(opened, {
      ...requestFor(subject, opened),
      sampling: { temperature: 0, maxTokens: 64 },
      responseFormat: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
    });
    expect(outcome).toMatchObject({ status: "completed", reason: "stop" });
    expect(["tree", "river"]).toContain(JSON.parse(outcome.text).kind);
  });
}

function embeddingTests(current: Current): void {
  const embed = async (texts: string[], signal?: AbortSignal) => {
    const { engine, target } = current();
    return await engine.embed({ target, texts }, callWith(signal));
  };
  const vectorsOf = async (texts: string[]) => {
    const outcome = await embed(texts);
    invariant(outcome.status === "completed", "the texts are embedded");
    return outcome.vectors;
  };

  test("each text has its vector, of length 1 and the same whatever was embedded before it", async () => {
    const [cold] = await vectorsOf(["a tall tree"]);
    const [first, other, again] = await vectorsOf(["a tall tree", "another tenant's secret", "a tall tree"]);
    expect(Math.hypot(...(cold ?? []))).toBeCloseTo(1, 6);
    expect(first).toEqual(cold);
    expect(again).toEqual(cold);
    expect(other).not.toEqual(cold);
    expect(other).toHaveLength(cold?.length ?? 0);
  });

  test("no texts have no vectors", async () => {
    expect(await embed([])).toMatchObject({ status: "completed", vectors: [] });
  });

  test("an embedding that nobody waits for any more is cancelled", async () => {
    const left = AbortSignal.abort();
    expect(await embed(["a tree"], left)).toMatchObject({ status: "failed", failure: { code: "cancelled" } });
  });

  test("a text that does not fit is refused, and the next one is served", async () => {
    const long = await embed(["tree ".repeat(20_000)]);
    expect(long).toMatchObject({ status: "failed", failure: { retryable: false } });
    expect(await embed(["tree"])).toMatchObject({ status: "completed" });
  });
}

function failureTests(subject: EngineUnderTest, current: Current): void {
  test("a prompt longer than the context fails as context_length_exceeded", async () => {
    const opened = current();
    const content = "word ".repeat(subject.wordsPastContext);
    const request = {
      ...requestFor(subject, opened),
      input: { messages: [{ role: "user" as const, content }] },
    };
    const outcome = await outcomeOf(opened, request);
    expect(outcome).toMatchObject({
      status: "failed",
      failure: { code: "context_length_exceeded", retryable: false },
    });
  });

  test("what cannot be served fails as a value and the engine goes on", async () => {
    const opened = current();
    const request = requestFor(subject, opened);
    const outcome = await outcomeOf(opened, subject.unsupported(request));
    expect(outcome).toMatchObject({
      status: "failed",
      failure: { code: "unsupported_parameter", retryable: false },
    });
    expect(await outcomeOf(opened, request)).toMatchObject({ status: "completed" });
  });

  test("a target of the other kind fails as a value", async () => {
    const opened = current();
    const request = requestFor(subject, opened);
    const target: EngineTarget =
      opened.target.kind === "hosted"
        ? { kind: "local", modelSha256: "0".repeat(64), modelPath: "none.gguf" }
        : {
            kind: "hosted",
            connectionKind: "openai",
            connectionId: "con_none",
            baseUrl: "https://provider.invalid/v1",
            secret: undefined,
            providerModel: "none",
          };
    expect(await outcomeOf(opened, { ...request, target })).toMatchObject({
      status: "failed",
      failure: { code: "invalid_request" },
    });
  });
}

function endingTests(subject: EngineUnderTest, current: Current): void {
  test("a signal aborted before the call yields one failed event and nothing else", async () => {
    const opened = current();
    const events = await eventsOf(
      opened.engine.generate(requestFor(subject, opened), callWith(AbortSignal.abort())),
    );
    expect(events).toMatchObject([{ type: "failed", failure: { code: "cancelled", retryable: false } }]);
  });

  test("a signal aborted in the middle ends with cancelled, and nothing follows it", async () => {
    const opened = current();
    const abort = new AbortController();
    const request = { ...requestFor(subject, opened), sampling: { temperature: 0, maxTokens: 64 } };
    const types: string[] = [];
    let last: GenerateEvent | undefined;
    for await (const event of opened.engine.generate(request, callWith(abort.signal))) {
      abort.abort();
      types.push(event.type);
      last = event;
    }
    expect(types).toEqual(["text", "failed"]);
    expect(last).toMatchObject({ failure: { code: "cancelled" } });
    expect(opened.engine.status().active).toBe(0);
  });

  test("a reader that leaves early frees its place", async () => {
    const opened = current();
    for await (const event of opened.engine.generate(requestFor(subject, opened), callWith())) {
      expect(event.type).toBe("text");
      break;
    }
    await expect.poll(() => opened.engine.status().active).toBe(0);
    expect(await outcomeOf(opened, requestFor(subject, opened))).toMatchObject({ status: "completed" });
  });

  test("after close every call fails as unavailable", async () => {
    const opened = await subject.open();
    const request = requestFor(subject, opened);
    await opened.engine.close();
    expect(await outcomeOf(opened, request)).toMatchObject({
      status: "failed",
      failure: { code: "unavailable" },
    });
    await opened.close();
  });

  test("status names the build", () => {
    expect(current().engine.status()).toMatchObject({ build: expect.stringMatching(/\S/), queued: 0 });
  });
}
