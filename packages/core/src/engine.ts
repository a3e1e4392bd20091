import type { ChatMessage, ResponseFormat, Sampling, Tool, ToolCall } from "./chat.ts";

/** A GGUF model on this machine, with at most one adapter. Paths are content-addressed: a path's bytes never change. */
export interface LocalTarget {
  kind: "local";
  modelSha256: string;
  modelPath: string;
  adapter?: { sha256: string; path: string } | undefined;
  /** The operator's, for all tenants: no tenant's own model takes its place. */
  shared?: boolean | undefined;
}

/** A model behind a connection. `secret` is in the clear here and nowhere else; it must not be logged or kept. */
export interface HostedTarget {
  kind: "hosted";
  connectionKind: "openai" | "azure-openai" | "openai-compatible";
  /** Names the connection for pooling and later for breakers; unique within the platform. */
  connectionId: string;
  baseUrl: string;
  apiVersion?: string | undefined;
  secret: string | undefined;
  providerModel: string;
}

export type EngineTarget = LocalTarget | HostedTarget;

export interface GenerateRequest {
  target: EngineTarget;
  /** A chat, or for plain completion the raw text to continue. */
  input: { messages: ChatMessage[] } | { text: string };
  sampling: Sampling;
  responseFormat?: ResponseFormat | undefined;
  tools?: Tool[] | undefined;
  toolChoice?: unknown;
  /** How many alternatives per token to report; undefined reports no log probabilities. */
  topLogprobs?: number | undefined;
}

/** For whom and how urgently; what a scheduler needs to be fair. */
export interface GenerateCall {
  tenantId: string;
  priority: "interactive" | "batch";
  signal: AbortSignal;
}

export interface TokenUsage {
  promptTokens: number;
  completionTokens: number;
  /** Prompt tokens whose computation was reused; unknown where the engine does not say. */
  cachedPromptTokens?: number | undefined;
}

export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter";

export const ENGINE_FAILURE_CODES = [
  "queue_full",
  "context_length_exceeded",
  "unsupported_parameter",
  "invalid_request",
  "schema_violated",
  "refused_by_provider",
  "rate_limited",
  "unauthorized",
  "unavailable",
  "timeout",
  "crashed",
  "cancelled",
  "upstream_error",
] as const;
export type EngineFailureCode = (typeof ENGINE_FAILURE_CODES)[number];

/** A recorded failure: a value, stored beside the case or mapped to an answer. Never a zero, never a throw. */
export interface EngineFailure {
  code: EngineFailureCode;
  /** Safe to show to the tenant: no secret, no path, no other tenant's data. */
  message: string;
  /** May the same request succeed when it is sent again, unchanged? */
  retryable: boolean;
  retryAfterMs?: number | undefined;
  /** Was it refused for what this tenant itself has under way? It says nothing then of what others may ask. */
  isOfTenantAlone?: boolean | undefined;
}

export interface TokenLogprob {
  token: string;
  logprob: number;
  top: { token: string; logprob: number }[];
}

/**
 * What an engine yields, in order: any number of `text` and `tool_call`, then exactly one `finish` or `failed`.
 * `finish` always carries the usage the engine knows; `failed` the usage up to the failure.
 */
export type GenerateEvent =
  | { type: "text"; text: string; logprobs?: TokenLogprob[] | undefined }
  | { type: "tool_call"; index: number; call: ToolCall }
  | { type: "finish"; reason: FinishReason; usage: TokenUsage | undefined; queueWaitMs: number }
  | { type: "failed"; failure: EngineFailure; usage: TokenUsage | undefined };

/** Texts to be turned into vectors by a model. */
export interface EmbedRequest {
  target: EngineTarget;
  texts: string[];
}

/** One vector per text, each of length 1. */
export type EmbedOutcome =
  | { status: "completed"; vectors: number[][]; usage: TokenUsage | undefined }
  | { status: "failed"; failure: EngineFailure };

export interface EngineStatus {
  /** Names the code that turns a request into tokens; part of every evidence. */
  build: string;
  queued: number;
  active: number;
}

/**
 * The port every engine implements. `generate` never throws for anything a request or a provider can cause, and
 * stops within one step once `signal` is aborted (yielding `failed` with code `cancelled`).
 */
export interface Engine {
  generate(request: GenerateRequest, call: GenerateCall): AsyncIterable<GenerateEvent>;
  /** The same as one value; left out by engines for which it would save nothing. Asked through `generateWhole`. */
  generateWhole?(request: GenerateRequest, call: GenerateCall): Promise<GenerateOutcome>;
  /** All vectors or the first failure; like `generate` it never throws for what a request or a provider can cause. */
  embed(request: EmbedRequest, call: GenerateCall): Promise<EmbedOutcome>;
  status(): EngineStatus;
  close(): Promise<void>;
}

/** Everything one generation came to, for callers that do not stream. */
export type GenerateOutcome =
  | {
      status: "completed";
      text: string;
      toolCalls: ToolCall[];
      /** Mean natural logarithm of the tokens' probabilities; only when they were asked for. */
      meanLogprob?: number | undefined;
      reason: FinishReason;
      usage: TokenUsage | undefined;
      queueWaitMs: number;
    }
  | { status: "failed"; failure: EngineFailure; text: string; usage: TokenUsage | undefined };

/** One generation as one value, by the cheapest way the engine has. */
export function generateWhole(
  engine: Engine,
  request: GenerateRequest,
  call: GenerateCall,
): Promise<GenerateOutcome> {
  return engine.generateWhole?.(request, call) ?? collectOutcome(engine.generate(request, call));
}

/** Gathers a generation's events into one outcome. */
export async function collectOutcome(events: AsyncIterable<GenerateEvent>): Promise<GenerateOutcome> {
  const gathered: Gathered = { text: "", toolCalls: [], logprobSum: 0, logprobCount: 0 };
  for await (const event of events) {
    const outcome = gather(gathered, event);
    if (outcome !== undefined) return outcome;
  }
  return { status: "failed", failure: NO_RESULT, text: gathered.text, usage: undefined };
}

/** The same for events that are all there already. */
export function outcomeOf(events: readonly GenerateEvent[]): GenerateOutcome {
  const gathered: Gathered = { text: "", toolCalls: [], logprobSum: 0, logprobCount: 0 };
  for (const event of events) {
    const outcome = gather(gathered, event);
    if (outcome !== undefined) return outcome;
  }
  return { status: "failed", failure: NO_RESULT, text: gathered.text, usage: undefined };
}

interface Gathered {
  text: string;
  toolCalls: ToolCall[];
  logprobSum: number;
  logprobCount: number;
}

const NO_RESULT: EngineFailure = {
  code: "upstream_error",
  message: "The engine ended without a result.",
  retryable: true,
};

/** Adds one event; answers the outcome at the last one. */
function gather(gathered: Gathered, event: GenerateEvent): GenerateOutcome | undefined {
  if (event.type === "text") {
    gathered.text += event.text;
    for (const { logprob } of event.logprobs ?? []) {
      gathered.logprobSum += logprob;
      gathered.logprobCount += 1;
    }
    return undefined;
  }
  if (event.type === "tool_call") {
    gathered.toolCalls.push(event.call);
    return undefined;
  }
  const { text, toolCalls, logprobSum, logprobCount } = gathered;
  if (event.type === "failed") return { status: "failed", failure: event.failure, text, usage: event.usage };
  const { reason, usage, queueWaitMs } = event;
  const meanLogprob = logprobCount === 0 ? undefined : logprobSum / logprobCount;
  return { status: "completed", text, toolCalls, meanLogprob, reason, usage, queueWaitMs };
}
