import type {
  EngineFailure,
  EngineFailureCode,
  GenerateEvent,
  GenerateRequest,
  HostedTarget,
} from "@assay/core";
import type { AnswerCheck } from "./answer-schema.ts";
import { buildRequest } from "./build-request.ts";
import type { GuardedAnswer, UpstreamTimeouts } from "./guarded-answer.ts";
import { openAnswer } from "./guarded-answer.ts";
import { mapFailure } from "./map-failure.ts";
import type { StreamOutcome } from "./read-stream.ts";
import {
  chunksOf,
  emptyOutcome,
  readChatStream,
  readCompletionStream,
  wholeChatOf,
  wholeCompletionOf,
} from "./read-stream.ts";
import type { RequestAddress } from "./request-address.ts";
import { requestAddress } from "./request-address.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { scrubbedMessage } from "./scrubbed-message.ts";
import type { SendUpstream } from "./upstream-pools.ts";

export type ExchangeLog = (line: {
  connectionId: string;
  attempt: number;
  code: EngineFailureCode;
  /** Undefined when there is no further attempt. */
  retryInMs: number | undefined;
}) => void;

export interface Exchange {
  request: GenerateRequest;
  target: HostedTarget;
  tenantId: string;
  /** Who waits reads along: their answers are streamed. Batch work gets each answer whole, which is cheaper. */
  priority: "interactive" | "batch";
  /** Ends everything; its reason is an `UpstreamFault`, or anything else for a caller who cancelled. */
  abort: AbortController;
  check: AnswerCheck | undefined;
  isAllowed: (url: string) => boolean;
  send: SendUpstream;
  timeouts: UpstreamTimeouts;
  answerBytesMax: number;
  sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  random: () => number;
  log: ExchangeLog | undefined;
}

/** One generation: attempts until one answers, has begun to answer, or may not be repeated. */
export async function* exchange(run: Exchange): AsyncGenerator<GenerateEvent> {
  const built = buildRequest(run.request, { target: run.target, streams: run.priority === "interactive" });
  if (built.kind === "refused") return yield failed(built.failure);
  const address = requestAddress(run.target, ENDPOINTS[built.kind]);
  if (address === undefined) return yield failed(NO_API_VERSION);
  const body = JSON.stringify(built.body);
  for (let attempts = 1; ; attempts += 1) {
    const outcome = emptyOutcome();
    const progress = { begun: false };
    try {
      yield* attempt({ run, kind: built.kind, address, body, outcome, progress });
      return;
    } catch (error) {
      const failure = failureOf(error, run);
      const repeat = !progress.begun && (await waitToRepeat(run, failure, attempts));
      // Cancelled while it waited: that is now why it ends.
      if (!repeat) return yield failed(run.abort.signal.aborted ? failureOf(error, run) : failure, outcome);
    }
  }
}

/** Waits as long as the retry policy says; false when there is to be no further attempt. */
async function waitToRepeat(run: Exchange, failure: EngineFailure, attempt: number): Promise<boolean> {
  const { signal } = run.abort;
  const retryInMs = signal.aborted
    ? undefined
    : retryDelayMs({ failure, attempts: attempt, random: run.random });
  run.log?.({ connectionId: run.target.connectionId, attempt, code: failure.code, retryInMs });
  if (retryInMs === undefined) return false;
  await run.sleep(retryInMs, signal).catch(() => undefined);
  return !signal.aborted;
}

const NO_API_VERSION: EngineFailure = {
  code: "invalid_request",
  message: "An Azure connection needs an API version.",
  retryable: false,
};

const ENDPOINTS = { chat: "/chat/completions", completion: "/completions" } as const;

interface Attempt {
  run: Exchange;
  kind: keyof typeof ENDPOINTS;
  address: RequestAddress;
  body: string;
  outcome: StreamOutcome;
  progress: { begun: boolean };
}

function openFor({ run, address, body, progress }: Attempt): Promise<GuardedAnswer> {
  const { tenantId, priority, target } = run;
  return openAnswer(
    { tenantId, priority, connectionId: target.connectionId, body, ...address },
    {
      send: run.send,
      isAllowed: run.isAllowed,
      timeouts: run.timeouts,
      answerBytesMax: run.answerBytesMax,
      abort: run.abort,
      onByte: () => {
        progress.begun = true;
      },
      streams: priority === "interactive",
    },
  );
}

async function* attempt(one: Attempt): AsyncGenerator<GenerateEvent> {
  const { run, kind, outcome } = one;
  const { signal } = run.abort;
  const answer = await openFor(one);
  // Some servers stream whatever they were asked for.
  const isWhole = answer.kind === "json";
  const events =
    kind === "chat"
      ? readChatStream(isWhole ? wholeChatOf(answer) : chunksOf(answer), outcome)
      : readCompletionStream(isWhole ? wholeCompletionOf(answer) : chunksOf(answer), outcome);
  let text = "";
  for await (const event of events) {
    // An aborted exchange yields nothing more, whatever had already arrived.
    if (signal.aborted) break;
    if (run.check !== undefined && event.type === "text") text += event.text;
    yield event;
  }
  if (signal.aborted) throw signal.reason;
  yield conclusion(run, outcome, text);
}

function conclusion(run: Exchange, outcome: StreamOutcome, text: string): GenerateEvent {
  const { reason, usage } = outcome;
  if (outcome.refusal !== "") {
    const words = scrubbedMessage(outcome.refusal, run.target.secret);
    return failed(
      { code: "refused_by_provider", message: `The model refused: ${words}`, retryable: false },
      outcome,
    );
  }
  // An answer that was cut short by its length or by a filter says so itself; only a finished one can break a schema.
  const result = reason === "stop" ? run.check?.(text) : undefined;
  if (result?.valid === false) {
    return failed({ code: "schema_violated", message: result.problem, retryable: false }, outcome);
  }
  return { type: "finish", reason: reason ?? "stop", usage, queueWaitMs: 0 };
}

function failureOf(error: unknown, run: Exchange): EngineFailure {
  const cause = run.abort.signal.aborted ? run.abort.signal.reason : error;
  return mapFailure(cause, { secret: run.target.secret, providerModel: run.target.providerModel });
}

function failed(failure: EngineFailure, outcome?: StreamOutcome): GenerateEvent {
  return { type: "failed", failure, usage: outcome?.usage };
}
