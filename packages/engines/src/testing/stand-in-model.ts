import { createHash } from "node:crypto";
import { canonicalJson } from "@assay/core";
import type { StandInAnswer, StandInScript } from "./stand-in-provider.ts";

export interface StandInModelOptions {
  /** Words a request may have; past it the answer is OpenAI's `context_length_exceeded`. */
  contextWords?: number;
  /** Awaited before each piece: lets a test hold an answer open. */
  beforePiece?: (piece: number) => Promise<unknown>;
}

interface ChatRequest {
  model: string;
  messages?: { role: string; content: string }[];
  prompt?: string;
  max_tokens?: number;
  max_completion_tokens?: number;
  stop?: string[];
  seed?: number;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  response_format?: { type: string; json_schema?: { schema: { properties?: Record<string, unknown> } } };
  logit_bias?: unknown;
}

/**
 * A script that stands in for a vendor's model: a word stream that depends on the request alone (so that greedy
 * answers repeat and concurrent ones can be told apart), in OpenAI's wire format, with its limits and its errors. It
 * understands nothing: what a model answers is not tested with it.
 */
export function standInModel(options: StandInModelOptions = {}): StandInScript {
  const answerText = textModel(options);
  return (request, ...more) =>
    request.path.includes("/embeddings")
      ? embeddings(request.body as EmbeddingRequest, options)
      : answerText(request, ...more);
}

function textModel(options: StandInModelOptions): StandInScript {
  return (request) => {
    const body = request.body as ChatRequest;
    const prompt = (body.messages ?? []).map((message) => message.content).join(" ") || (body.prompt ?? "");
    const promptWords = prompt.split(/\s+/).filter((word) => word !== "").length;
    const contextWords = options.contextWords ?? 4_096;
    if (promptWords > contextWords) return contextExceeded(contextWords);
    if (body.model === "reasoning-only" && body.seed !== undefined) return unsupported("seed");
    const isChat = request.path.includes("/chat/");
    const { words, reason } = generate(body, prompt);
    if (body.stream === false) {
      const answer = whole(body, { text: words.join(""), reason, isChat });
      const usage = usageOf(promptWords, words.length);
      const headers = { "content-type": "application/json" };
      return { headers, body: wholePieces(words.length, { ...answer, usage }, options.beforePiece) };
    }
    const chunks = [
      ...words.map((text) => chunk(body, isChat ? { delta: { content: text } } : { text })),
      chunk(body, isChat ? { delta: {}, finish_reason: reason } : { text: "", finish_reason: reason }),
      ...(body.stream_options?.include_usage ? [usageChunk(body, promptWords, words.length)] : []),
    ];
    return { body: events(chunks, options.beforePiece) };
  };
}

interface EmbeddingRequest {
  input: string[];
}

/** A vector per text, of the text alone; not of length 1, and in no order: both are the engine's to mend. */
function embeddings(
  { input }: EmbeddingRequest,
  { contextWords = 4_096 }: StandInModelOptions,
): StandInAnswer {
  const counts = input.map((text) => text.split(/\s+/).length);
  if (counts.some((count) => count > contextWords)) return contextExceeded(contextWords);
  const data = input.map((text, index) => ({
    object: "embedding",
    index,
    embedding: [...createHash("sha256").update(text).digest().subarray(0, 8)].map((byte) => byte - 127.5),
  }));
  const tokens = counts.reduce((sum, count) => sum + count, 0);
  const answer = {
    object: "list",
    data: data.reverse(),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(answer) };
}

function generate(body: ChatRequest, prompt: string): { words: string[]; reason: "stop" | "length" } {
  const limit = body.max_completion_tokens ?? body.max_tokens ?? 64;
  const full = body.response_format?.type === "json_schema" ? jsonWords(body) : babble(body, prompt);
  const text = full.join("");
  const cuts = (body.stop ?? []).map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  if (cuts.length > 0) {
    const cut = splitWords(text.slice(0, Math.min(...cuts)));
    if (cut.length <= limit) return { words: cut, reason: "stop" };
  }
  return full.length > limit
    ? { words: full.slice(0, limit), reason: "length" }
    : { words: full, reason: "stop" };
}

const VOCABULARY = [
  "ash",
  "birch",
  "cedar",
  "elm",
  "fir",
  "hazel",
  "larch",
  "maple",
  "oak",
  "pine",
  "rowan",
  "yew",
];

/** Repeats the last word of the prompt, then walks a vocabulary by a hash of the request. */
function babble(body: ChatRequest, prompt: string): string[] {
  const hash = createHash("sha256")
    .update(canonicalJson([body.model, prompt, body.seed ?? null]))
    .digest();
  const echo = prompt.split(/\s+/).at(-1) ?? "";
  return [echo, ...[...hash].map((byte) => ` ${VOCABULARY[byte % VOCABULARY.length]}`)];
}

/** The smallest answer to a flat object schema of strings and enums. */
function jsonWords(body: ChatRequest): string[] {
  const properties = body.response_format?.json_schema?.schema.properties ?? {};
  const members = Object.entries(properties).map(([name, schema]) => {
    const allowed = (schema as { enum?: unknown[] }).enum;
    return [name, allowed ? allowed[0] : "oak"];
  });
  return splitWords(JSON.stringify(Object.fromEntries(members)));
}

function splitWords(text: string): string[] {
  return text.match(/\s*\S{1,8}|\s+/g) ?? [];
}

function chunk(body: ChatRequest, choice: Record<string, unknown>): unknown {
  return {
    id: "chatcmpl-standin",
    object: "text" in choice ? "text_completion" : "chat.completion.chunk",
    created: 1_760_000_000,
    model: body.model,
    choices: [{ index: 0, finish_reason: null, ...choice }],
    usage: null,
  };
}

function usageChunk(body: ChatRequest, promptTokens: number, completionTokens: number): unknown {
  return { ...(chunk(body, {}) as object), choices: [], usage: usageOf(promptTokens, completionTokens) };
}

function usageOf(promptTokens: number, completionTokens: number) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

function whole(
  body: ChatRequest,
  { text, reason, isChat }: { text: string; reason: string; isChat: boolean },
): object {
  const content = isChat ? { message: { role: "assistant", content: text, refusal: null } } : { text };
  return {
    id: "chatcmpl-standin",
    object: isChat ? "chat.completion" : "text_completion",
    created: 1_760_000_000,
    model: body.model,
    choices: [{ index: 0, finish_reason: reason, ...content }],
  };
}

/** An answer that comes whole takes as long as its pieces would. */
async function* wholePieces(
  pieces: number,
  answer: object,
  beforePiece: StandInModelOptions["beforePiece"],
): AsyncGenerator<string> {
  for (let piece = 0; piece < pieces; piece += 1) await beforePiece?.(piece);
  yield JSON.stringify(answer);
}

async function* events(
  chunks: unknown[],
  beforePiece: StandInModelOptions["beforePiece"],
): AsyncGenerator<string> {
  for (const [index, value] of chunks.entries()) {
    await beforePiece?.(index);
    yield `data: ${JSON.stringify(value)}\n\n`;
  }
  yield "data: [DONE]\n\n";
}

function contextExceeded(contextWords: number): StandInAnswer {
  return refusal("context_length_exceeded", `This model's maximum context length is ${contextWords} tokens.`);
}

function unsupported(parameter: string): StandInAnswer {
  return refusal(
    "unsupported_parameter",
    `Unsupported parameter: '${parameter}' is not supported with this model.`,
  );
}

function refusal(code: string, message: string): StandInAnswer {
  const error = { message, type: "invalid_request_error", param: null, code };
  return { status: 400, headers: { "content-type": "application/json" }, body: JSON.stringify({ error }) };
}
