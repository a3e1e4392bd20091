import type { ExchangeEnd } from "./exchange-end.ts";
import { headerOf, ProviderError } from "./provider-error.ts";
import type { UpstreamAnswer } from "./upstream-answer.ts";
import { UpstreamFault, type UpstreamFaultKind } from "./upstream-fault.ts";
import type { SendUpstream, UpstreamCall } from "./upstream-pools.ts";

export interface UpstreamTimeouts {
  /** From sending the request to the answer's headers; not of an answer that comes whole or not at all. */
  firstByteMs: number;
  /** Between two pieces of an answer, while somebody waits for the next one. */
  idleMs: number;
  /** The whole generation, every attempt and every wait between them included. */
  totalMs: number;
}

export interface AnswerGuard {
  send: SendUpstream;
  isAllowed: (url: string) => boolean;
  timeouts: UpstreamTimeouts;
  answerBytesMax: number;
  /** Ends the exchange: aborted by the caller, by a timeout, or by closing the engine. */
  end: ExchangeEnd;
  /** Called for each piece of a successful answer: from the first on, nothing may be sent again. */
  onByte: () => void;
  /** Does the provider answer piece by piece? Else its first byte comes when all of it is made. */
  streams: boolean;
}

/** A successful answer, whose pieces come bounded in time and bytes. */
export interface GuardedAnswer {
  kind: "events" | "json";
  pieces(): AsyncGenerator<Buffer>;
  /** All of it, for who would do nothing with a piece. */
  whole(): Promise<Buffer>;
  /** The rest is not wanted, and the socket may be used again. Who just stops reading closes it. */
  finish(): void;
}

/** How long a provider may take to close an answer after its last event. */
const DRAIN_MS = 50;

/**
 * Sends a request and answers once the provider began to: it asks the allow-list about the address that is really
 * called, follows no redirect, and bounds the answer in time and bytes. When the exchange is aborted, or who reads
 * leaves, the socket is closed.
 * @throws ProviderError for an error of the provider, UpstreamFault for all else.
 */
export async function openAnswer(call: UpstreamCall, guard: AnswerGuard): Promise<GuardedAnswer> {
  if (!guard.isAllowed(call.url.href)) throw stop(guard, "host_not_allowed");
  const answer = guard.send(call);
  guard.end.onEnd((reason) => answer.leave(reason));
  try {
    await within(answer.begun(), guard, guard.streams ? "first_byte_timeout" : undefined);
    const kind = await kindOf(answer, guard);
    return guardedAnswer(kind, answer, guard);
  } catch (error) {
    answer.leave(error as Error);
    throw error;
  }
}

function guardedAnswer(
  kind: GuardedAnswer["kind"],
  answer: UpstreamAnswer,
  guard: AnswerGuard,
): GuardedAnswer {
  let isFinished = false;
  async function* pieces(): AsyncGenerator<Buffer> {
    try {
      yield* piecesOf(answer, { guard, isAnswer: true });
    } finally {
      if (isFinished) answer.drain(DRAIN_MS);
      else answer.leave();
    }
  }
  return {
    kind,
    pieces,
    whole: () => wholeOf(answer, guard),
    finish: () => {
      isFinished = true;
    },
  };
}

async function wholeOf(answer: UpstreamAnswer, guard: AnswerGuard): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const reading = { bytes: 0, guard, isAnswer: true };
  try {
    for (;;) {
      if (!answer.isReady) await within(answer.ready(), guard, "idle_timeout");
      const piece = takePiece(answer, reading);
      if (piece === undefined) break;
      pieces.push(piece);
    }
  } finally {
    answer.leave();
  }
  const [first] = pieces;
  return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
}

async function kindOf(answer: UpstreamAnswer, guard: AnswerGuard): Promise<GuardedAnswer["kind"]> {
  const { status, headers } = answer;
  if (status >= 300 && status < 400) throw stop(guard, "redirected");
  if (status >= 400) throw new ProviderError({ status, headers, body: await errorBody(answer, guard) });
  const type = headerOf(headers, "content-type").toLowerCase();
  if (!/^(identity)?$/i.test(headerOf(headers, "content-encoding"))) throw stop(guard, "compressed");
  if (type.startsWith("text/event-stream")) return "events";
  if (guard.streams) throw stop(guard, "not_an_event_stream");
  if (type.startsWith("application/json")) return "json";
  throw stop(guard, "not_json");
}

async function errorBody(answer: UpstreamAnswer, guard: AnswerGuard): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(answer, { guard, isAnswer: false })) pieces.push(piece);
  try {
    return JSON.parse(Buffer.concat(pieces).toString());
  } catch {
    return undefined;
  }
}

async function* piecesOf(
  answer: UpstreamAnswer,
  { guard, isAnswer }: { guard: AnswerGuard; isAnswer: boolean },
): AsyncGenerator<Buffer> {
  const reading = { bytes: 0, guard, isAnswer };
  for (;;) {
    if (!answer.isReady) await within(answer.ready(), guard, "idle_timeout");
    const piece = takePiece(answer, reading);
    if (piece === undefined) return;
    yield piece;
  }
}

interface Reading {
  bytes: number;
  guard: AnswerGuard;
  isAnswer: boolean;
}

/** The next piece, counted; undefined at the end. */
function takePiece(answer: UpstreamAnswer, reading: Reading): Buffer | undefined {
  const piece = answer.take();
  if (piece === undefined) return undefined;
  const { guard, isAnswer } = reading;
  reading.bytes += piece.byteLength;
  if (reading.bytes > guard.answerBytesMax) throw stop(guard, "answer_too_large");
  if (isAnswer) guard.onByte();
  return piece;
}

async function within<T>(
  work: Promise<T>,
  guard: AnswerGuard,
  kind: "first_byte_timeout" | "idle_timeout" | undefined,
): Promise<T> {
  if (kind === undefined) return await work;
  const ms = kind === "idle_timeout" ? guard.timeouts.idleMs : guard.timeouts.firstByteMs;
  const timer = setTimeout(() => stop(guard, kind), ms);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

/** Ends the exchange at the socket, for this reason. */
function stop(guard: AnswerGuard, kind: UpstreamFaultKind): UpstreamFault {
  const fault = new UpstreamFault(kind);
  guard.end.end(fault);
  return fault;
}
