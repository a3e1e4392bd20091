import {
  AppError,
  type Case,
  type CaseFailure,
  type CaseOutcome,
  type ChatMessage,
  canonicalJson,
  type EngineFailure,
  type GenerateRequest,
  type PromptContent,
  type ScorerUse,
  type TokenUsage,
} from "@assay/core";
import { type Asking, askModel, type KnownAnswer } from "./ask-model.ts";
import { asksLogprobs } from "./check-scorers.ts";
import type { ScorerPorts } from "./define-scorer.ts";
import { renderPrompt } from "./render-prompt.ts";
import { scoreOutput } from "./score-output.ts";

const SEEDS = 4_294_967_296;

export interface CaseToRun extends Asking {
  content: PromptContent;
  testCase: Case;
  /** Counts from 0; shifts the seed, so that repeats differ and each can be repeated. */
  repeat: number;
  /** What the version and its pinned model make of a request, without the messages. */
  request: Omit<GenerateRequest, "input">;
  uses: readonly ScorerUse[];
  passScore: number;
  ports: ScorerPorts;
  /** Told once there is an answer, known or new: nothing more is asked for it but by its scorers. Settles when it may be scored. */
  answered?: (() => Promise<void>) | undefined;
  /** Cost of an answer in micro-units; null while its price is unknown. */
  costOf(usage: TokenUsage | undefined): number | null;
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
  const asked = await askModel(run, request);
  const { usage, attempts } = asked;
  if (asked.status === "failed") return { ...withoutAnswer(asked.failure), usage, attempts };
  const { answer, reused } = asked;
  await run.answered?.();
  const outcome = await score(run, answer);
  return { outcome, latencyMs: answer.latencyMs, usage, attempts, answer, reused };
}

function requestOf({ request, repeat, uses }: CaseToRun, messages: ChatMessage[]): GenerateRequest {
  const seed = ((request.sampling.seed ?? 0) + repeat) % SEEDS;
  return {
    ...request,
    sampling: { ...request.sampling, seed },
    input: { messages },
    ...(asksLogprobs(uses) && { topLogprobs: 0 }),
  };
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
    tools: run.content.tools ?? [],
    meanLogprob: answer.meanLogprob ?? null,
    usage: answer.usage,
    costMicros: run.costOf(answer.usage),
  });
}

/** The answer's text; an answer of tool calls alone is judged as the JSON list of their names and arguments. */
function outputText({ text, toolCalls }: { text: string; toolCalls: { function: object }[] }): string {
  return text === "" && toolCalls.length > 0 ? canonicalJson(toolCalls.map((call) => call.function)) : text;
}
