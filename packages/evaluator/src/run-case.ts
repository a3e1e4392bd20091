import {
  AppError,
  type Case,
  type CaseFailure,
  type CaseOutcome,
  type ChatMessage,
  canonicalJson,
  collectOutcome,
  type Engine,
  type EngineFailure,
  type FinishReason,
  type GenerateOutcome,
  type GenerateRequest,
  LIMITS,
  type PromptContent,
  type ScorerUse,
  type TokenUsage,
  type ToolCall,
} from "@assay/core";
import type { ScorerPorts } from "./define-scorer.ts";
import { renderPrompt } from "./render-prompt.ts";
import { scoreOutput } from "./score-output.ts";

const RETRY_BACKOFF_MS = 500;
const RETRY_BACKOFF_MAX_MS = 30_000;
const SEEDS = 4_294_967_296;

/** The caller's time, so that this package has none of its own. */
export interface Clock {
  nowMs(): number;
  /** Settles after `ms`, or as soon as `signal` is aborted, whichever is first; it never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
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

export interface CaseToRun {
  content: PromptContent;
  testCase: Case;
  /** Counts from 0; shifts the seed, so that repeats differ and each can be repeated. */
  repeat: number;
  /** What the version and its pinned model make of a request, without the messages. */
  request: Omit<GenerateRequest, "input">;
  generate: Engine["generate"];
  /** The answer to this very request, if it is known already; the model is not asked then. */
  recall?: ((request: GenerateRequest) => Promise<KnownAnswer | undefined>) | undefined;
  /** Waits until the model may be asked; each attempt has a place of its own. Rejects when `signal` is aborted. */
  enter?: ((request: GenerateRequest) => Promise<Place>) | undefined;
  tenantId: string;
  uses: readonly ScorerUse[];
  passScore: number;
  ports: ScorerPorts;
  /** Cost of an answer in micro-units; null while its price is unknown. */
  costOf(usage: TokenUsage | undefined): number | null;
  signal: AbortSignal;
  clock: Clock;
}

export interface CaseRun {
  outcome: CaseOutcome;
  /** Time of the attempt that answered, queueing left out; null without an answer. */
  latencyMs: number | null;
  /** Summed over all attempts; undefined when the engine reported none. */
  usage: TokenUsage | undefined;
  attempts: number;
  /** What the model answered, now or before; undefined without an answer. */
  answer: KnownAnswer | undefined;
  /** The answer was known; the model was not asked. */
  reused: boolean;
}

/**
 * One repeat of one case: render, generate, score. What goes wrong with the case is a `failed` outcome; failures that
 * the engine calls retryable are retried, at most `LIMITS.caseAttemptsMax` attempts in all. Throws the signal's
 * reason when it was aborted before the answer: a case that was interrupted has no outcome.
 */
export async function runCase(run: CaseToRun): Promise<CaseRun> {
  const messages = renderOrFail(run);
  if ("code" in messages) return { ...withoutAnswer(messages), usage: undefined, attempts: 0 };
  const request = requestOf(run, messages);
  run.signal.throwIfAborted();
  const known = await run.recall?.(request);
  if (known !== undefined) return { ...(await judged(run, known)), attempts: 0, reused: true };
  return await ask(run, request);
}

function requestOf({ request, repeat }: CaseToRun, messages: ChatMessage[]): GenerateRequest {
  const seed = ((request.sampling.seed ?? 0) + repeat) % SEEDS;
  return { ...request, sampling: { ...request.sampling, seed }, input: { messages } };
}

async function ask(run: CaseToRun, request: GenerateRequest): Promise<CaseRun> {
  let usage: TokenUsage | undefined;
  let refusals = 0;
  for (let attempt = 1; ; attempt++) {
    const { outcome, elapsedMs } = await generateInPlace(run, request);
    usage = addUsage(usage, outcome.usage);
    if (outcome.status === "completed") {
      const { text, toolCalls, meanLogprob, reason, queueWaitMs } = outcome;
      const latencyMs = Math.max(0, elapsedMs - queueWaitMs);
      const answer = { text, toolCalls, meanLogprob, reason, usage, latencyMs };
      return { ...(await judged(run, answer)), attempts: attempt, reused: false };
    }
    const { failure } = outcome;
    // Who says "later" has not been asked yet: that is about how much is asked of him, not about the case.
    if (isPushBack(failure)) refusals += 1;
    const isSpent = attempt - refusals >= LIMITS.caseAttemptsMax || refusals >= LIMITS.caseRefusalsMax;
    if (!failure.retryable || isSpent) return { ...withoutAnswer(failure), usage, attempts: attempt };
    await run.clock.sleep(backoffMs(failure, attempt), run.signal);
    run.signal.throwIfAborted();
  }
}

/** Is this a failure that asks for fewer requests at a time? */
export function isPushBack({ code }: Pick<EngineFailure, "code">): boolean {
  return code === "rate_limited" || code === "queue_full";
}

async function judged(
  run: CaseToRun,
  answer: KnownAnswer,
): Promise<Pick<CaseRun, "outcome" | "latencyMs" | "usage" | "answer">> {
  const { latencyMs, usage } = answer;
  return { outcome: await score(run, answer), latencyMs, usage, answer };
}

function renderOrFail({ content, testCase }: CaseToRun): ChatMessage[] | CaseFailure {
  try {
    return renderPrompt(content, testCase);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message } = error;
    if (code === "variables_invalid" || code === "template_invalid" || code === "unsupported_parameter") {
      return { code, message };
    }
    throw error;
  }
}

interface Attempt {
  outcome: GenerateOutcome;
  elapsedMs: number;
}

async function generateInPlace(run: CaseToRun, request: GenerateRequest): Promise<Attempt> {
  const place = await run.enter?.(request);
  let failure: EngineFailure | undefined = CANCELLED;
  try {
    const attempt = await generateOnce(run, request);
    failure = attempt.outcome.status === "failed" ? attempt.outcome.failure : undefined;
    return attempt;
  } finally {
    place?.leave(failure);
  }
}

async function generateOnce(run: CaseToRun, request: GenerateRequest): Promise<Attempt> {
  run.signal.throwIfAborted();
  const { generate, tenantId, clock } = run;
  const limit = startTimeLimit(run);
  const startMs = clock.nowMs();
  try {
    const events = generate(request, {
      tenantId,
      priority: "batch",
      signal: AbortSignal.any([run.signal, limit.signal]),
    });
    const outcome = await collectOutcome(events);
    // An answer that came nevertheless is kept: it may have been paid for.
    if (outcome.status === "failed") run.signal.throwIfAborted();
    const isLate = outcome.status === "failed" && limit.signal.aborted;
    return {
      outcome: isLate ? { ...outcome, failure: TIMED_OUT } : outcome,
      elapsedMs: clock.nowMs() - startMs,
    };
  } finally {
    limit.end();
  }
}

const CANCELLED: EngineFailure = { code: "cancelled", message: "It was cancelled.", retryable: false };

const TIMED_OUT: EngineFailure = {
  code: "timeout",
  message: `There was no answer within ${LIMITS.caseTimeoutMs / 1000} s.`,
  retryable: false,
};

function startTimeLimit({ clock }: CaseToRun): { signal: AbortSignal; end(): void } {
  const late = new AbortController();
  const ended = new AbortController();
  void clock.sleep(LIMITS.caseTimeoutMs, ended.signal).then(() => {
    if (!ended.signal.aborted) late.abort(new Error("the case's time is over"));
  });
  return { signal: late.signal, end: () => ended.abort() };
}

function backoffMs(failure: EngineFailure, attempt: number): number {
  return Math.min(failure.retryAfterMs ?? RETRY_BACKOFF_MS * 2 ** (attempt - 1), RETRY_BACKOFF_MAX_MS);
}

function withoutAnswer({
  code,
  message,
}: CaseFailure | EngineFailure): Pick<CaseRun, "outcome" | "latencyMs" | "answer" | "reused"> {
  const outcome = { status: "failed", failure: { code, message } } as const;
  return { outcome, latencyMs: null, answer: undefined, reused: false };
}

function score(run: CaseToRun, answer: KnownAnswer): Promise<CaseOutcome> {
  const { uses, passScore, ports, testCase } = run;
  return scoreOutput({
    uses,
    passScore,
    ports,
    testCase,
    latencyMs: answer.latencyMs,
    output: outputText(answer),
    toolCalls: answer.toolCalls,
    meanLogprob: answer.meanLogprob ?? null,
    usage: answer.usage,
    costMicros: run.costOf(answer.usage),
  });
}

/** The answer's text; an answer of tool calls alone is judged as the JSON list of their names and arguments. */
function outputText({ text, toolCalls }: { text: string; toolCalls: { function: object }[] }): string {
  return text === "" && toolCalls.length > 0 ? canonicalJson(toolCalls.map((call) => call.function)) : text;
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
