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
  type GenerateOutcome,
  type GenerateRequest,
  LIMITS,
  type PromptContent,
  type ScorerUse,
  type TokenUsage,
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

export interface CaseToRun {
  content: PromptContent;
  testCase: Case;
  /** Counts from 0; shifts the seed, so that repeats differ and each can be repeated. */
  repeat: number;
  /** What the version and its pinned model make of a request, without the messages. */
  request: Omit<GenerateRequest, "input">;
  generate: Engine["generate"];
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
}

/**
 * One repeat of one case: render, generate, score. What goes wrong with the case is a `failed` outcome; failures that
 * the engine calls retryable are retried, at most `LIMITS.caseAttemptsMax` attempts in all. Throws the signal's
 * reason when it was aborted before the answer: a case that was interrupted has no outcome.
 */
export async function runCase(run: CaseToRun): Promise<CaseRun> {
  const messages = renderOrFail(run);
  if ("code" in messages) return { ...withoutAnswer(messages), usage: undefined, attempts: 0 };
  let usage: TokenUsage | undefined;
  for (let attempt = 1; ; attempt++) {
    const { outcome, elapsedMs } = await generateOnce(run, messages);
    usage = addUsage(usage, outcome.usage);
    if (outcome.status === "completed") {
      const latencyMs = Math.max(0, elapsedMs - outcome.queueWaitMs);
      return { outcome: await score(run, outcome, latencyMs), latencyMs, usage, attempts: attempt };
    }
    const { failure } = outcome;
    if (!failure.retryable || attempt >= LIMITS.caseAttemptsMax) {
      return { ...withoutAnswer(failure), usage, attempts: attempt };
    }
    await run.clock.sleep(backoffMs(failure, attempt), run.signal);
    run.signal.throwIfAborted();
  }
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

async function generateOnce(
  run: CaseToRun,
  messages: ChatMessage[],
): Promise<{ outcome: GenerateOutcome; elapsedMs: number }> {
  run.signal.throwIfAborted();
  const { request, generate, tenantId, clock } = run;
  const sampling = { ...request.sampling, seed: ((request.sampling.seed ?? 0) + run.repeat) % SEEDS };
  const limit = startTimeLimit(run);
  const startMs = clock.nowMs();
  try {
    const events = generate(
      { ...request, sampling, input: { messages } },
      { tenantId, priority: "batch", signal: AbortSignal.any([run.signal, limit.signal]) },
    );
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
}: CaseFailure | EngineFailure): Pick<CaseRun, "outcome" | "latencyMs"> {
  return { outcome: { status: "failed", failure: { code, message } }, latencyMs: null };
}

function score(
  run: CaseToRun,
  answer: GenerateOutcome & { status: "completed" },
  latencyMs: number,
): Promise<CaseOutcome> {
  const { uses, passScore, ports, testCase } = run;
  return scoreOutput({
    uses,
    passScore,
    ports,
    testCase,
    latencyMs,
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
