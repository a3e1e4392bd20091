import type { FinishReason, GenerateEvent, TokenLogprob, TokenUsage, ToolCall } from "@assay/core";
import { LIMITS } from "@assay/core";
import type OpenAI from "openai";
import { eventData } from "./event-data.ts";
import type { GuardedAnswer } from "./guarded-answer.ts";
import { isRecord, ProviderError } from "./provider-error.ts";
import { UpstreamFault } from "./upstream-fault.ts";

/** What a stream came to, filled while it is read, so that a failure still knows the usage. */
export interface StreamOutcome {
  reason: FinishReason | undefined;
  /** Undefined where the provider did not say: unknown is not zero. */
  usage: TokenUsage | undefined;
  refusal: string;
}

export function emptyOutcome(): StreamOutcome {
  return { reason: undefined, usage: undefined, refusal: "" };
}

type OutputEvent = Extract<GenerateEvent, { type: "text" | "tool_call" }>;

/**
 * The chunks that a stream's events hold, until it says that it is done.
 * @throws ProviderError for an event that is an error, SyntaxError for one that is not JSON.
 */
export async function* chunksOf<Chunk>({ pieces, finish }: GuardedAnswer): AsyncGenerator<Chunk> {
  for await (const data of eventData(pieces())) {
    if (data.startsWith("[DONE]")) {
      finish();
      return;
    }
    const chunk: unknown = JSON.parse(data);
    if (isRecord(chunk) && isRecord(chunk.error))
      throw new ProviderError({ status: undefined, headers: {}, body: chunk });
    yield chunk as Chunk;
  }
}

/**
 * A chat's chunks as output events; the finish is left in `outcome`. Chunks without choices (usage, Azure's prompt
 * filter results) yield nothing. Throws `UpstreamFault` when the stream ends before it said why.
 */
export async function* readChatStream(
  chunks: AsyncIterable<OpenAI.ChatCompletionChunk>,
  outcome: StreamOutcome,
): AsyncGenerator<OutputEvent> {
  const calls = new Map<number, ToolCall>();
  for await (const chunk of chunks) {
    const event = readChatChunk(chunk, outcome, calls);
    if (event !== undefined) yield event;
  }
  yield* endOfChat(outcome, calls);
}

function readChatChunk(
  chunk: OpenAI.ChatCompletionChunk,
  outcome: StreamOutcome,
  calls: Map<number, ToolCall>,
): OutputEvent | undefined {
  outcome.usage = readUsage(chunk.usage) ?? outcome.usage;
  const choice = chunk.choices?.[0];
  return choice && readChoice(choice, outcome, calls);
}

function endOfChat({ reason }: StreamOutcome, calls: ReadonlyMap<number, ToolCall>): OutputEvent[] {
  if (reason === undefined) throw new UpstreamFault("cut_off");
  if (calls.size === 0) return NO_EVENTS;
  const ordered = [...calls].sort(([a], [b]) => a - b);
  return ordered.map(([, call], index) => ({ type: "tool_call", index, call }));
}

const NO_EVENTS: OutputEvent[] = [];

function readChoice(
  choice: OpenAI.ChatCompletionChunk.Choice,
  outcome: StreamOutcome,
  calls: Map<number, ToolCall>,
): OutputEvent | undefined {
  outcome.reason = readReason(choice.finish_reason) ?? outcome.reason;
  // Some servers leave the delta out of the last chunk.
  const delta: Partial<OpenAI.ChatCompletionChunk.Choice.Delta> = choice.delta ?? {};
  outcome.refusal += delta.refusal ?? "";
  for (const part of delta.tool_calls ?? []) gatherCall(calls, part);
  if (!delta.content) return undefined;
  const logprobs = choice.logprobs?.content?.map(readLogprob);
  return { type: "text", text: delta.content, ...(logprobs ? { logprobs } : {}) };
}

/** The same for the legacy completion's chunks. */
export async function* readCompletionStream(
  chunks: AsyncIterable<OpenAI.Completion>,
  outcome: StreamOutcome,
): AsyncGenerator<OutputEvent> {
  for await (const chunk of chunks) {
    const event = readCompletionChunk(chunk, outcome);
    if (event !== undefined) yield event;
  }
  if (outcome.reason === undefined) throw new UpstreamFault("cut_off");
}

function readCompletionChunk(chunk: OpenAI.Completion, outcome: StreamOutcome): OutputEvent | undefined {
  outcome.usage = readUsage(chunk.usage) ?? outcome.usage;
  const choice = chunk.choices?.[0];
  if (choice === undefined) return undefined;
  outcome.reason = readReason(choice.finish_reason) ?? outcome.reason;
  return choice.text ? { type: "text", text: choice.text } : undefined;
}

/**
 * Adds what a chat's whole answer holds to `events`; it is read as a stream of one chunk, so that both are read by the
 * same code.
 * @throws ProviderError for an error under status 200, UpstreamFault for what is no completion.
 */
export function readWholeChat(bytes: Buffer, outcome: StreamOutcome, events: GenerateEvent[]): void {
  const { choices, usage } = completionOf<OpenAI.ChatCompletion>(bytes);
  const [choice] = choices;
  if (!isRecord(choice?.message)) throw new UpstreamFault("not_a_completion");
  const { message, finish_reason, logprobs } = choice;
  const tool_calls = (message.tool_calls ?? []).map((call, index) => ({ ...call, index }));
  const delta = { content: message.content, refusal: message.refusal, tool_calls };
  const chunk = { usage, choices: [{ index: 0, delta, finish_reason, logprobs }] };
  const calls = new Map<number, ToolCall>();
  const event = readChatChunk(chunk as OpenAI.ChatCompletionChunk, outcome, calls);
  if (event !== undefined) events.push(event);
  events.push(...endOfChat(outcome, calls));
}

/** The same for the legacy completion, whose whole is shaped like its chunks. */
export function readWholeCompletion(bytes: Buffer, outcome: StreamOutcome, events: GenerateEvent[]): void {
  const event = readCompletionChunk(completionOf<OpenAI.Completion>(bytes), outcome);
  if (event !== undefined) events.push(event);
  if (outcome.reason === undefined) throw new UpstreamFault("cut_off");
}

function completionOf<C extends { choices: unknown[] }>(bytes: Buffer): C {
  const body: unknown = parsed(bytes);
  if (!isRecord(body)) throw new UpstreamFault("not_a_completion");
  if (isRecord(body.error)) throw new ProviderError({ status: undefined, headers: {}, body });
  if (!Array.isArray(body.choices)) throw new UpstreamFault("not_a_completion");
  return body as unknown as C;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new UpstreamFault("not_a_completion");
  }
}

function gatherCall(
  calls: Map<number, ToolCall>,
  part: OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall,
): void {
  // Servers that send each call whole sometimes send no index.
  const index = part.index ?? calls.size;
  if (!calls.has(index) && calls.size >= LIMITS.toolsMax) throw new UpstreamFault("answer_too_large");
  const call = calls.get(index) ?? {
    id: "",
    type: "function" as const,
    function: { name: "", arguments: "" },
  };
  call.id ||= part.id ?? `call_${index}`;
  call.function.name += part.function?.name ?? "";
  call.function.arguments += part.function?.arguments ?? "";
  calls.set(index, call);
}

/** Every reason a provider may give, as one of ours; null while the stream goes on. */
function readReason(given: string | null | undefined): FinishReason | undefined {
  if (given === null || given === undefined || given === "") return undefined;
  if (given === "length" || given === "tool_calls" || given === "content_filter") return given;
  return given === "function_call" ? "tool_calls" : "stop";
}

function readUsage(given: OpenAI.CompletionUsage | null | undefined): TokenUsage | undefined {
  if (!isCount(given?.prompt_tokens) || !isCount(given?.completion_tokens)) return undefined;
  const cached = given.prompt_tokens_details?.cached_tokens;
  return {
    promptTokens: given.prompt_tokens,
    completionTokens: given.completion_tokens,
    ...(isCount(cached) ? { cachedPromptTokens: cached } : {}),
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function readLogprob(given: OpenAI.ChatCompletionTokenLogprob): TokenLogprob {
  const { token, logprob, top_logprobs } = given;
  return {
    token,
    logprob,
    top: (top_logprobs ?? []).map((top) => ({ token: top.token, logprob: top.logprob })),
  };
}
