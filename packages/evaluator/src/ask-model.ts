import {
  type EngineFailure,
  type FinishReason,
  type GenerateCall,
  type GenerateOutcome,
  type GenerateRequest,
  LIMITS,
  type TokenUsage,
  type ToolCall,
} from "@assay/core";
import { AbortFollowers } from "./abort-followers.ts";

const RETRY_BACKOFF_MS = 500;
const RETRY_BACKOFF_MAX_MS = 30_000;

/** The caller's time, so that this package has none of its own. */
export interface Clock {
  nowMs(): number;
  /** Settles after `ms`, or as soon as `signal` is aborted, whichever is first; it never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls `act` after `ms`, unless what it answers is called before. */
  after(ms: number, act: () => void): () => void;
}

/** What a model answered to a request, as far as it can be used again. */
export interface KnownAnswer {
  text: string;
  toolCalls: ToolCall[];
  meanLogprob?: number | undefined;
  reason: FinishReason;
  usage?: TokenUsage | undefined;
  /** Of the answer when it was made, queueing left out. */
  latencyMs: number;
}

/** A place at the model. */
export interface Place {
  /** Gives the place back, with the failure if there was no answer. */
  leave(failure: EngineFailure | undefined): void;
}

/** How a model is asked for a run: for whom, by what way, and until when. */
export interface Asking {
  generate: (request: GenerateRequest, call: GenerateCall) => Promise<GenerateOutcome>;
  /** The answer to this very request, if it is known already; the model is not asked then. */
  recall?: ((request: GenerateRequest) => Promise<KnownAnswer | undefined>) | undefined;
  /** Told each answer that was not known before, before anything is made of it: it may have been paid for. */
  keep?: ((request: GenerateRequest, answer: KnownAnswer) => void) | undefined;
  /** Waits until the model may be asked; each attempt has a place of its own. Rejects when `signal` is aborted. */
  enter?: ((request: GenerateRequest) => Promise<Place> | Place) | undefined;
  tenantId: string;
  signal: AbortSignal;
  clock: Clock;
}

/** What came of asking, however often it took. `usage` is summed over all attempts; undefined when none was reported. */
export type Asked =
  | {
      status: "answered";
      answer: KnownAnswer;
      usage: TokenUsage | undefined;
      attempts: number;
      reused: boolean;
    }
  | { status: "failed"; failure: EngineFailure; usage: TokenUsage | undefined; attempts: number };

/**
 * Asks a model as batch work. Failures that the engine calls retryable are retried, at most `LIMITS.caseAttemptsMax`
 * attempts in all. Throws the signal's reason when it was aborted before the answer.
 */
export async function askModel(asking: Asking, request: GenerateRequest): Promise<Asked> {
  asking.signal.throwIfAborted();
  const known = await asking.recall?.(request);
  if (known !== undefined) {
    return { status: "answered", answer: known, usage: known.usage, attempts: 0, reused: true };
  }
  let usage: TokenUsage | undefined;
  let refusals = 0;
  for (let attempt = 1; ; attempt++) {
    const { outcome, elapsedMs } = await generateInPlace(asking, request);
    usage = addUsage(usage, outcome.usage);
    if (outcome.status === "completed") {
      const { text, toolCalls, meanLogprob, reason, queueWaitMs } = outcome;
      const latencyMs = Math.max(0, elapsedMs - queueWaitMs);
      const answer = { text, toolCalls, meanLogprob, reason, usage, latencyMs };
      asking.keep?.(request, answer);
      return { status: "answered", answer, usage, attempts: attempt, reused: false };
    }
    const { failure } = outcome;
    // Who says "later" has not been asked yet: that is about how much is asked of him, not about the case.
    if (isPushBack(failure)) refusals += 1;
    const isSpent = attempt - refusals >= LIMITS.caseAttemptsMax || refusals >= LIMITS.caseRefusalsMax;
    if (!failure.retryable || isSpent) return { status: "failed", failure, usage, attempts: attempt };
    await asking.clock.sleep(backoffMs(failure, attempt), asking.signal);
    asking.signal.throwIfAborted();
  }
}

/** Is this a failure that asks for fewer requests at a time? */
export function isPushBack({ code }: Pick<EngineFailure, "code">): boolean {
  return code === "rate_limited" || code === "queue_full";
}

interface Attempt {
  outcome: GenerateOutcome;
  elapsedMs: number;
}

async function generateInPlace(asking: Asking, request: GenerateRequest): Promise<Attempt> {
  const place = await asking.enter?.(request);
  let failure: EngineFailure | undefined = CANCELLED;
  try {
    const attempt = await generateOnce(asking, request);
    failure = attempt.outcome.status === "failed" ? attempt.outcome.failure : undefined;
    return attempt;
  } finally {
    place?.leave(failure);
  }
}

async function generateOnce(asking: Asking, request: GenerateRequest): Promise<Attempt> {
  asking.signal.throwIfAborted();
  const { generate, tenantId, clock } = asking;
  const followers = AbortFollowers.of(asking.signal);
  const stop = followers.open();
  let isOver = false;
  const callOff = clock.after(LIMITS.caseTimeoutMs, () => {
    isOver = true;
    stop.abort(new Error("the case's time is over"));
  });
  const startMs = clock.nowMs();
  try {
    const outcome = await generate(request, { tenantId, priority: "batch", signal: stop.signal });
    // An answer that came nevertheless is kept: it may have been paid for.
    if (outcome.status === "failed") asking.signal.throwIfAborted();
    const isLate = outcome.status === "failed" && isOver;
    return {
      outcome: isLate ? { ...outcome, failure: TIMED_OUT } : outcome,
      elapsedMs: clock.nowMs() - startMs,
    };
  } finally {
    callOff();
    followers.giveBack(stop);
  }
}

const CANCELLED: EngineFailure = { code: "cancelled", message: "It was cancelled.", retryable: false };

const TIMED_OUT: EngineFailure = {
  code: "timeout",
  message: `There was no answer within ${LIMITS.caseTimeoutMs / 1000} s.`,
  retryable: false,
};

function backoffMs(failure: EngineFailure, attempt: number): number {
  return Math.min(failure.retryAfterMs ?? RETRY_BACKOFF_MS * 2 ** (attempt - 1), RETRY_BACKOFF_MAX_MS);
}

function addUsage(sum: TokenUsage | undefined, next: TokenUsage | undefined): TokenUsage | undefined {
  if (sum === undefined || next === undefined) return sum ?? next;
  return {
    promptTokens: sum.promptTokens + next.promptTokens,
    completionTokens: sum.completionTokens + next.completionTokens,
    cachedPromptTokens: sumKnown(sum.cachedPromptTokens, next.cachedPromptTokens),
  };
}

function sumKnown(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
