import {
  Case,
  collectOutcome,
  type GenerateEvent,
  type GenerateRequest,
  LIMITS,
  PromptContent,
} from "@assay/core";
import { describe, expect, test } from "vitest";
import type { Clock } from "./ask-model.ts";
import { type CaseToRun, runCase } from "./run-case.ts";
import { NO_PORTS } from "./testing/no-ports.ts";

const content = PromptContent.parse({
  messages: [{ role: "user", content: "{{ q }}" }],
  variables: { type: "object", properties: { q: { type: "string" } }, required: ["q"] },
  model: "m",
});

type Answer =
  | GenerateEvent[]
  | ((request: GenerateRequest, signal: AbortSignal) => AsyncIterable<GenerateEvent>);

/** A port that answers in turn, and remembers what it was asked. */
function scripted(answers: Answer[]) {
  const asked: { request: GenerateRequest; tenantId: string; priority: string }[] = [];
  const generate: CaseToRun["generate"] = (request, { tenantId, priority, signal }) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push({ request, tenantId, priority });
    return collectOutcome(typeof answer === "function" ? answer(request, signal) : fromArray(answer));
  };
  return { asked, generate };
}

async function* fromArray(events: GenerateEvent[]): AsyncGenerator<GenerateEvent> {
  yield* events;
}

/** Time that passes only by sleeping; nothing takes too long. */
function steppedClock(): Clock & { sleptMs: number[] } {
  let nowMs = 1_000;
  const sleptMs: number[] = [];
  return {
    sleptMs,
    nowMs: () => {
      nowMs += 10;
      return nowMs;
    },
    sleep: (ms) => {
      sleptMs.push(ms);
      return Promise.resolve();
    },
    after: () => () => undefined,
  };
}

const text = (output: string): GenerateEvent[] => [
  { type: "text", text: output },
  { type: "finish", reason: "stop", usage: { promptTokens: 3, completionTokens: 2 }, queueWaitMs: 4 },
];
const failed = (retryable: boolean, retryAfterMs?: number): GenerateEvent[] => [
  {
    type: "failed",
    failure: { code: "unavailable", message: "down", retryable, retryAfterMs },
    usage: { promptTokens: 1, completionTokens: 0 },
  },
];

function caseToRun(parts: Partial<CaseToRun> & Pick<CaseToRun, "generate">): CaseToRun {
  return {
    content,
    testCase: Case.parse({ key: "k", variables: { q: "hi" }, expected: "yes" }),
    repeat: 0,
    request: {
      target: { kind: "local", modelSha256: "a".repeat(64), modelPath: "/m" },
      sampling: { temperature: 0, seed: 5 },
    },
    ports: NO_PORTS,
    costOf: () => null,
    tenantId: "ten_1",
    uses: [{ type: "exact-match", weight: 1, options: {} }],
    passScore: 1,
    signal: new AbortController().signal,
    clock: steppedClock(),
    ...parts,
  };
}

describe("a case that is run", () => {
  test("is rendered, generated as batch work of its tenant, and scored", async () => {
    const engine = scripted([text("yes")]);
    const run = await runCase(caseToRun({ generate: engine.generate }));
    expect(run).toMatchObject({
      outcome: { status: "scored", score: 1, passed: true, output: "yes" },
      latencyMs: 6,
      usage: { promptTokens: 3, completionTokens: 2 },
      attempts: 1,
    });
    expect(engine.asked).toMatchObject([
      {
        tenantId: "ten_1",
        priority: "batch",
        request: {
          input: { messages: [{ role: "user", content: "hi" }] },
          sampling: { temperature: 0, seed: 5 },
        },
      },
    ]);
  });

  test("asks for log probabilities where a scorer needs them, and only there", async () => {
    const logprobs = [-0.5, -1.5].map((logprob) => ({ token: "x", logprob, top: [] }));
    const [start, finish] = text("yes") as [GenerateEvent, GenerateEvent];
    const engine = scripted([[{ ...start, logprobs } as GenerateEvent, finish]]);
    const uses = [{ type: "perplexity", weight: 1, options: {} }];
    const { outcome } = await runCase(caseToRun({ generate: engine.generate, uses }));
    expect(outcome).toMatchObject({ metrics: [{ outcome: { value: expect.closeTo(Math.E, 12) } }] });
    await runCase(caseToRun({ generate: engine.generate }));
    expect(engine.asked.map(({ request }) => request.topLogprobs)).toEqual([0, undefined]);
  });

  test("lets scorers see the tools that the prompt offers", async () => {
    const call = { id: "c", type: "function" as const, function: { name: "f", arguments: "{}" } };
    const engine = scripted([[{ type: "tool_call", index: 0, call }, text("")[1] as GenerateEvent]]);
    const uses = [{ type: "is-valid-tool-call", weight: 1, options: {} }];
    const tools = [{ type: "function" as const, function: { name: "f" } }];
    const run = caseToRun({ generate: engine.generate, uses, content: { ...content, tools } });
    expect((await runCase(run)).outcome).toMatchObject({ status: "scored", score: 1 });
  });

  test("has a seed of its own for each repeat", async () => {
    const engine = scripted([text("yes")]);
    for (const repeat of [0, 1, 2]) await runCase(caseToRun({ generate: engine.generate, repeat }));
    expect(engine.asked.map(({ request }) => request.sampling.seed)).toEqual([5, 6, 7]);
  });

  test("fails without asking the engine when its variables do not fit", async () => {
    const engine = scripted([text("yes")]);
    const testCase = Case.parse({ key: "k", variables: { question: "hi" } });
    const run = await runCase(caseToRun({ generate: engine.generate, testCase }));
    expect(run).toMatchObject({
      outcome: { status: "failed", failure: { code: "variables_invalid" } },
      latencyMs: null,
      attempts: 0,
    });
    expect(engine.asked).toEqual([]);
  });

  test("is tried again after a failure that may pass, and pays for all attempts", async () => {
    const clock = steppedClock();
    const { generate } = scripted([failed(true), failed(true, 2_000), text("yes")]);
    const run = await runCase(caseToRun({ generate, clock }));
    expect(run).toMatchObject({
      outcome: { status: "scored", score: 1 },
      usage: { promptTokens: 5, completionTokens: 2 },
      attempts: 3,
    });
    expect(clock.sleptMs).toEqual([500, 2_000]);
  });

  test("is tried a bounded number of times, and never again after a failure that stays", async () => {
    const often = scripted([failed(true)]);
    expect(await runCase(caseToRun({ generate: often.generate }))).toMatchObject({
      outcome: { status: "failed", failure: { code: "unavailable", message: "down" } },
    });
    expect(often.asked).toHaveLength(LIMITS.caseAttemptsMax);
    const once = scripted([failed(false)]);
    await runCase(caseToRun({ generate: once.generate }));
    expect(once.asked).toHaveLength(1);
  });

  test("that takes too long is stopped and called a timeout", async () => {
    const after: Clock["after"] = (ms, act) => {
      expect(ms).toBe(LIMITS.caseTimeoutMs);
      queueMicrotask(act);
      return () => undefined;
    };
    const clock: Clock = { ...steppedClock(), after };
    const { generate } = scripted([(_, signal) => cancelledOn(signal)]);
    expect(await runCase(caseToRun({ generate, clock }))).toMatchObject({
      outcome: { status: "failed", failure: { code: "timeout" } },
      attempts: 1,
    });
  });

  test("that is interrupted has no outcome", async () => {
    const leaving = new AbortController();
    const { generate } = scripted([
      (_, signal) => {
        leaving.abort(new Error("stop"));
        return cancelledOn(signal);
      },
    ]);
    await expect(runCase(caseToRun({ generate, signal: leaving.signal }))).rejects.toThrow("stop");
  });

  test("is judged by its tool calls when it has no text", async () => {
    const call = { id: "c1", type: "function" as const, function: { name: "refund", arguments: "{}" } };
    const { generate } = scripted([[{ type: "tool_call", index: 0, call }, ...text("").slice(1)]]);
    const run = await runCase(caseToRun({ generate }));
    expect(run.outcome).toMatchObject({ output: '[{"arguments":"{}","name":"refund"}]', score: 0 });
  });
});

async function* cancelledOn(signal: AbortSignal): AsyncGenerator<GenerateEvent> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
  const failure = { code: "cancelled", message: "cancelled", retryable: true } as const;
  yield { type: "failed", failure, usage: undefined };
}
