import type {
  Engine,
  EngineFailure,
  FinishReason,
  GenerateCall,
  GenerateEvent,
  GenerateRequest,
  TokenUsage,
  ToolCall,
} from "@assay/core";

/**
 * What the fake answers: a text, a failure, or the full form. `hold` is awaited between the text and the finish, so
 * that a test can decide when an answer ends; cancelling ends it at once.
 */
export type FakeAnswer = string | { failure: EngineFailure; text?: string } | FullAnswer;

interface FullAnswer {
  text?: string | readonly string[];
  toolCalls?: readonly ToolCall[];
  reason?: FinishReason;
  /** `null` stands for an engine that reports no usage; left out, words are counted. */
  usage?: TokenUsage | null;
  hold?: Promise<unknown>;
}

export interface FakeEngineOptions {
  /** Answers every request that `script` has no entry left for. */
  answer?: (request: GenerateRequest, call: GenerateCall) => FakeAnswer | Promise<FakeAnswer>;
  /** Answers given first, one per call, in order. */
  script?: readonly FakeAnswer[];
  build?: string;
}

export interface FakeEngine extends Engine {
  /** Every call so far, oldest first. */
  readonly calls: readonly { request: GenerateRequest; call: GenerateCall }[];
}

const CANCELLED: EngineFailure = {
  code: "cancelled",
  message: "The request was cancelled.",
  retryable: false,
};
const CLOSED: EngineFailure = { code: "unavailable", message: "The engine is closed.", retryable: true };
const UNSCRIPTED: EngineFailure = {
  code: "invalid_request",
  message: "The fake engine was given no answer for this request.",
  retryable: false,
};

/** A scripted engine for tests of what stands on the port: no model, no waiting, every call recorded. */
export function createFakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const calls: { request: GenerateRequest; call: GenerateCall }[] = [];
  const script = [...(options.script ?? [])];
  let active = 0;
  let closed = false;

  async function* generate(request: GenerateRequest, call: GenerateCall): AsyncGenerator<GenerateEvent> {
    calls.push({ request, call });
    if (closed) return yield failed(CLOSED);
    if (call.signal.aborted) return yield failed(CANCELLED);
    active += 1;
    try {
      const given = script.shift() ?? options.answer?.(request, call) ?? { failure: UNSCRIPTED };
      const answer = await untilAborted(Promise.resolve(given), call.signal);
      if (answer === ABORTED) return yield failed(CANCELLED);
      yield* play(answer, request, call.signal);
    } finally {
      active -= 1;
    }
  }

  return {
    calls,
    generate,
    embed: async ({ texts }, { signal }) =>
      signal.aborted || closed
        ? { status: "failed", failure: closed ? CLOSED : CANCELLED }
        : { status: "completed", vectors: texts.map(letterVector), usage: undefined },
    status: () => ({ build: options.build ?? "fake 1", queued: 0, active }),
    close: async () => {
      closed = true;
    },
  };
}

/** How often each letter occurs: texts with the same letters are alike. */
function letterVector(text: string): number[] {
  const counts = Array.from(
    "abcdefghijklmnopqrstuvwxyz",
    (letter) => text.toLowerCase().split(letter).length - 1,
  );
  const length = Math.hypot(...counts) || 1;
  return counts.map((count) => count / length);
}

async function* play(
  answer: FakeAnswer,
  request: GenerateRequest,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent> {
  const full = typeof answer === "string" ? { text: answer } : answer;
  const pieces = typeof full.text === "string" ? [full.text] : (full.text ?? []);
  for (const text of pieces) {
    if (signal.aborted) return yield failed(CANCELLED);
    if (text !== "") yield { type: "text", text };
  }
  if ("failure" in full) return yield failed(full.failure);
  for (const [index, call] of (full.toolCalls ?? []).entries()) yield { type: "tool_call", index, call };
  const held = await untilAborted(full.hold ?? Promise.resolve(), signal);
  if (held === ABORTED || signal.aborted) return yield failed(CANCELLED);
  yield finish(full, request, pieces.join(""));
}

function finish(full: FullAnswer, request: GenerateRequest, text: string): GenerateEvent {
  const reason = full.reason ?? (full.toolCalls?.length ? "tool_calls" : "stop");
  const usage = full.usage === null ? undefined : (full.usage ?? countWords(request, text));
  return { type: "finish", reason, usage, queueWaitMs: 0 };
}

function failed(failure: EngineFailure): GenerateEvent {
  return { type: "failed", failure, usage: undefined };
}

function countWords(request: GenerateRequest, text: string): TokenUsage {
  const prompt = "text" in request.input ? request.input.text : JSON.stringify(request.input.messages);
  return { promptTokens: words(prompt), completionTokens: words(text) };
}

function words(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}

const ABORTED = Symbol("aborted");

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | typeof ABORTED> {
  if (signal.aborted) return ABORTED;
  const { promise, resolve } = Promise.withResolvers<typeof ABORTED>();
  const onAbort = () => resolve(ABORTED);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
