import { ClientError, dataPlaneRefusalOf, readEvents } from "@assay/client";
import type { ErrorCode, ToolCall } from "@assay/core";

/** What is known of an answer when it ends; null where nobody said. */
export interface ChatEnd {
  reason: string;
  promptTokens: number | null;
  completionTokens: number | null;
  /** Null as well while the price is unknown. */
  costMicros: number | null;
  queueWaitMs: number | null;
}

export type ChatEvent =
  | { type: "begin"; traceId: string | null; servedVersion: string | null }
  | { type: "text"; text: string }
  | { type: "tool_call"; call: ToolCall }
  | { type: "end"; end: ChatEnd };

export interface ChatRequest {
  url: string;
  body: object;
  signal: AbortSignal;
}

/** A frame of the stream, as far as it is looked at. */
interface Frame {
  error?: { message?: string; code?: string };
  choices?: {
    delta?: { content?: string | null; tool_calls?: ({ index?: number } & Partial<ToolCall>)[] };
    finish_reason?: string | null;
  }[];
  usage?: { prompt_tokens?: number; completion_tokens?: number } | null;
  assay?: { cost_micros?: number | null; queue_wait_ms?: number };
}

const NOTHING_KNOWN = { promptTokens: null, completionTokens: null, costMicros: null, queueWaitMs: null };

/**
 * Asks and yields the answer as it comes; the last event is the end.
 * @throws ClientError for what the server refuses and for a stream that breaks off, or the signal's reason
 */
export async function* streamChat(
  send: typeof fetch,
  { url, body, signal }: ChatRequest,
): AsyncGenerator<ChatEvent> {
  const response = await send(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null) throw dataPlaneRefusalOf(response, await response.text());
  const requestId = response.headers.get("x-request-id") ?? undefined;
  yield {
    type: "begin",
    traceId: response.headers.get("x-assay-trace-id"),
    servedVersion: response.headers.get("x-assay-prompt-version"),
  };
  let end: ChatEnd | undefined;
  for await (const { data } of readEvents(response.body)) {
    if (data === "[DONE]") break;
    const frame = JSON.parse(data) as Frame;
    if (frame.error !== undefined) throw streamError(frame.error, requestId);
    yield* eventsOf(frame);
    end = endAfter(frame, end);
  }
  if (end === undefined) {
    throw new ClientError({ code: "unreachable", message: "The answer broke off.", requestId });
  }
  yield { type: "end", end };
}

function* eventsOf({ choices }: Frame): Generator<ChatEvent> {
  const delta = choices?.[0]?.delta;
  if (typeof delta?.content === "string" && delta.content !== "") yield { type: "text", text: delta.content };
  for (const { id = "", function: called } of delta?.tool_calls ?? []) {
    const { name = "", arguments: written = "" } = called ?? {};
    yield { type: "tool_call", call: { id, type: "function", function: { name, arguments: written } } };
  }
}

/** The reason comes first, the usage in a frame of its own after it. */
function endAfter({ choices, usage, assay }: Frame, before: ChatEnd | undefined): ChatEnd | undefined {
  const reason = choices?.[0]?.finish_reason;
  const end = typeof reason === "string" ? { reason, ...NOTHING_KNOWN } : before;
  if (usage == null || end === undefined) return end;
  return {
    ...end,
    promptTokens: usage.prompt_tokens ?? null,
    completionTokens: usage.completion_tokens ?? null,
    costMicros: assay?.cost_micros ?? null,
    queueWaitMs: assay?.queue_wait_ms ?? null,
  };
}

function streamError(
  { message, code }: NonNullable<Frame["error"]>,
  requestId: string | undefined,
): ClientError {
  return new ClientError({
    code: (code ?? "internal") as ErrorCode,
    message: message ?? "The answer broke off.",
    requestId,
  });
}
