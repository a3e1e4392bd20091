import { UpstreamFault } from "./upstream-fault.ts";

export interface UpstreamTimeouts {
  /** From sending the request to the answer's headers. */
  firstByteMs: number;
  /** Between two pieces of an answer, while somebody waits for the next one. */
  idleMs: number;
  /** The whole generation, every attempt and every wait between them included. */
  totalMs: number;
}

export interface FetchGuard {
  fetch: typeof fetch;
  isAllowed: (url: string) => boolean;
  hasSecret: boolean;
  timeouts: UpstreamTimeouts;
  answerBytesMax: number;
  /** Ends the exchange: aborted by the caller, by a timeout, or by closing the engine. */
  abort: AbortController;
  /** Called for each piece of a successful answer: from the first on, nothing may be sent again. */
  onByte: () => void;
}

/** What a request may carry; whatever else an environment or a library adds stays here. */
const HEADERS_SENT = new Set(["accept", "api-key", "authorization", "content-type", "user-agent"]);

/**
 * The only `fetch` the SDK is given: it asks the allow-list about the address that is really called, follows no
 * redirect, sends no header but the named ones, and bounds the answer in time and bytes. The answer's body is pulled,
 * never pushed, so a slow reader slows the provider down instead of filling memory.
 */
export function guardedFetch(guard: FetchGuard): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!guard.isAllowed(url)) throw stop(guard, new UpstreamFault("host_not_allowed"));
    const headers = sentHeaders(init?.headers, guard.hasSecret);
    const request = guard.fetch(url, { ...init, headers, redirect: "error" });
    const response = await within(request, guard, "first_byte_timeout");
    if (response.ok && !isEventStream(response)) {
      response.body?.cancel().catch(() => undefined);
      throw stop(guard, new UpstreamFault("not_an_event_stream"));
    }
    if (response.body === null) return response;
    const { status, statusText } = response;
    const body = guardedBody(response.body, guard, { isAnswer: response.ok, signal: init?.signal });
    return new Response(body, { status, statusText, headers: response.headers });
  };
}

function sentHeaders(given: RequestInit["headers"], hasSecret: boolean): Headers {
  const headers = new Headers(given);
  for (const name of [...headers.keys()]) {
    if (!HEADERS_SENT.has(name)) headers.delete(name);
  }
  if (!hasSecret) headers.delete("authorization");
  return headers;
}

function isEventStream(response: Response): boolean {
  return (response.headers.get("content-type") ?? "").toLowerCase().startsWith("text/event-stream");
}

function guardedBody(
  body: ReadableStream<Uint8Array>,
  guard: FetchGuard,
  exchange: { isAnswer: boolean; signal: AbortSignal | null | undefined },
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await within(reader.read(), guard, "idle_timeout");
        if (done) return controller.close();
        bytes += value.byteLength;
        if (bytes > guard.answerBytesMax) throw stop(guard, new UpstreamFault("answer_too_large"));
        if (exchange.isAnswer) guard.onByte();
        controller.enqueue(value);
      },
      async cancel(reason) {
        if (!exchange.signal?.aborted) await drain(reader);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** How long a provider may take to close an answer after its last event. */
const DRAIN_MS = 50;

/** The SDK stops at `[DONE]`, before the end of the body: read up to it, or the connection could not be used again. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<{ done: true }>();
  const timer = setTimeout(() => resolve({ done: true }), DRAIN_MS);
  try {
    while (!(await Promise.race([reader.read(), late])).done);
  } catch {
    // The answer is complete; how its connection ends changes nothing.
  } finally {
    clearTimeout(timer);
  }
}

async function within<T>(
  work: Promise<T>,
  guard: FetchGuard,
  kind: "first_byte_timeout" | "idle_timeout",
): Promise<T> {
  const ms = kind === "idle_timeout" ? guard.timeouts.idleMs : guard.timeouts.firstByteMs;
  const timer = setTimeout(() => stop(guard, new UpstreamFault(kind)), ms);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

/** Ends the exchange at the socket. The SDK swallows or rewraps what is thrown through it; the reason stays here. */
function stop(guard: FetchGuard, fault: UpstreamFault): UpstreamFault {
  guard.abort.abort(fault);
  return fault;
}
