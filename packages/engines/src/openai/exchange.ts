import type {
  EngineFailure,
  EngineFailureCode,
  GenerateEvent,
  GenerateRequest,
  HostedTarget,
} from "@assay/core";
import type { AnswerCheck } from "./answer-schema.ts";
import { buildRequest } from "./build-request.ts";
import type { ExchangeEnd } from "./exchange-end.ts";
import type { GuardedAnswer, UpstreamTimeouts } from "./guarded-answer.ts";
import { openAnswer } from "./guarded-answer.ts";
import { mapFailure } from "./map-failure.ts";
import type { StreamOutcome } from "./read-stream.ts";
import {
  chunksOf,
  emptyOutcome,
  readChatStream,
  readCompletionStream,
  readWholeChat,
  readWholeCompletion,
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
  end: ExchangeEnd;
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
  const order = orderOf(run);
  if ("type" in order) return yield order;
  for (let attempts = 1; ; attempts += 1) {
    const one = newAttempt(run, order);
    try {
      yield* attempt(one);
      return;
    } catch (error) {
      const end = await endOrRepeat(one, error, attempts);
      if (end !== undefined) return yield end;
    }
  }
}

/** The same for callers who do not read along: all events together. */
export async function wholeExchange(run: Exchange): Promise<GenerateEvent[]> {
  const order = orderOf(run);
  if ("type" in order) return [order];
  for (let attempts = 1; ; attempts += 1) {
    const one = newAttempt(run, order);
    const events: GenerateEvent[] = [];
    try {
      await wholeAttempt(one, events);
      return events;
    } catch (error) {
      const end = await endOrRepeat(one, error, attempts);
      if (end !== undefined) return [...events, end];
    }
  }
}

/** What is sent, however often. */
interface Order {
  kind: keyof typeof ENDPOINTS;
  address: RequestAddress;
  body: string;
}

function orderOf(run: Exchange): Order | GenerateEvent {
  const built = buildRequest(run.request, { target: run.target, streams: run.priority === "interactive" });
  if (built.kind === "refused") return failed(built.failure);
  const address = requestAddress(run.target, ENDPOINTS[built.kind]);
  if (address === undefined) return failed(NO_API_VERSION);
  return { kind: built.kind, address, body: JSON.stringify(built.body) };
}

function newAttempt(run: Exchange, order: Order): Attempt {
  return { run, order, outcome: emptyOutcome(), progress: { begun: false } };
}

/** What an attempt that broke off ends the exchange with; undefined when it is to be repeated now. */
async function endOrRepeat(
  { run, outcome, progress }: Attempt,
  error: unknown,
  attempts: number,
): Promise<GenerateEvent | undefined> {
  const failure = failureOf(error, run);
  if (!progress.begun && (await waitToRepeat(run, failure, attempts))) return undefined;
  // Cancelled while it waited: that is now why it ends.
  return failed(run.end.isOver ? failureOf(error, run) : failure, outcome);
}

/** Waits as long as the retry policy says; false when there is to be no further attempt. */
async function waitToRepeat(run: Exchange, failure: EngineFailure, attempt: number): Promise<boolean> {
  const { end } = run;
  const retryInMs = end.isOver ? undefined : retryDelayMs({ failure, attempts: attempt, random: run.random });
  run.log?.({ connectionId: run.target.connectionId, attempt, code: failure.code, retryInMs });
  if (retryInMs === undefined) return false;
  await run.sleep(retryInMs, end.signal).catch(() => undefined);
  return !end.isOver;
}

const NO_API_VERSION: EngineFailure = {
  code: "invalid_request",
  message: "An Azure connection needs an API version.",
  retryable: false,
};

const ENDPOINTS = { chat: "/chat/completions", completion: "/completions" } as const;

interface Attempt {
  run: Exchange;
  order: Order;
  outcome: StreamOutcome;
  progress: { begun: boolean };
}

function openFor({ run, order, progress }: Attempt): Promise<GuardedAnswer> {
  const { tenantId, priority, target } = run;
  const { address, body } = order;
  return openAnswer(
    { tenantId, priority, connectionId: target.connectionId, body, ...address },
    {
      send: run.send,
      isAllowed: run.isAllowed,
      timeouts: run.timeouts,
      answerBytesMax: run.answerBytesMax,
      end: run.end,
      onByte: () => {
        progress.begun = true;
      },
      streams: priority === "interactive",
    },
  );
}

async function* attempt(one: Attempt): AsyncGenerator<GenerateEvent> {
  const { run, order, outcome } = one;
  const answer = await openFor(one);
  let text = "";
  for await (const event of eventsOf(answer, order.kind, outcome)) {
    // An ended exchange yields nothing more, whatever had already arrived.
    if (run.end.isOver) break;
    if (run.check !== undefined && event.type === "text") text += event.text;
    yield event;
  }
  if (run.end.reason !== undefined) throw run.end.reason;
  yield conclusion(run, outcome, text);
}

async function* eventsOf(
  answer: GuardedAnswer,
  kind: Order["kind"],
  outcome: StreamOutcome,
): AsyncGenerator<GenerateEvent> {
  if (answer.kind === "json") {
    const events: GenerateEvent[] = [];
    try {
      await readWhole(answer, { kind, outcome, events });
    } finally {
      yield* events;
    }
  } else if (kind === "chat") yield* readChatStream(chunksOf(answer), outcome);
  else yield* readCompletionStream(chunksOf(answer), outcome);
}

async function readWhole(
  answer: GuardedAnswer,
  { kind, outcome, events }: { kind: Order["kind"]; outcome: StreamOutcome; events: GenerateEvent[] },
): Promise<void> {
  const read = kind === "chat" ? readWholeChat : readWholeCompletion;
  read(await answer.whole(), outcome, events);
}

async function wholeAttempt(one: Attempt, events: GenerateEvent[]): Promise<void> {
  const { run, order, outcome } = one;
  const { kind } = order;
  const answer = await openFor(one);
  if (answer.kind === "json") await readWhole(answer, { kind, outcome, events });
  else {
    // Some servers stream whatever they were asked for.
    for await (const event of eventsOf(answer, kind, outcome)) {
      if (run.end.isOver) break;
      events.push(event);
    }
  }
  if (run.end.reason !== undefined) throw run.end.reason;
  events.push(conclusion(run, outcome, run.check === undefined ? "" : textOf(events)));
}

function textOf(events: readonly GenerateEvent[]): string {
  return events.map((event) => (event.type === "text" ? event.text : "")).join("");
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
  const cause = run.end.reason ?? error;
  return mapFailure(cause, { secret: run.target.secret, providerModel: run.target.providerModel });
}

function failed(failure: EngineFailure, outcome?: StreamOutcome): GenerateEvent {
  return { type: "failed", failure, usage: outcome?.usage };
}
