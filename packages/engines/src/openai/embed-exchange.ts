import type { EmbedOutcome, EngineFailure, TokenUsage } from "@assay/core";
import type { Exchange } from "./exchange.ts";
import { openAnswer } from "./guarded-answer.ts";
import { mapFailure } from "./map-failure.ts";
import { requestAddress } from "./request-address.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { UpstreamFault } from "./upstream-fault.ts";

export type EmbedExchange = Omit<Exchange, "request" | "check" | "log"> & { texts: readonly string[] };

/** What providers send: https://platform.openai.com/docs/api-reference/embeddings, as far as it is read. */
interface EmbeddingList {
  data?: unknown;
  usage?: { prompt_tokens?: unknown };
}

/** One request for the vectors of some texts, by the same address, guard and retry policy as a generation. */
export async function embedExchange(run: EmbedExchange): Promise<EmbedOutcome> {
  if (run.texts.length === 0) return { status: "completed", vectors: [], usage: NO_TOKENS };
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt(run);
    } catch (error) {
      const failure = failureOf(error, run);
      const delayMs = run.end.isOver ? undefined : retryDelayMs({ failure, attempts, random: run.random });
      if (delayMs === undefined) return { status: "failed", failure };
      await run.sleep(delayMs, run.end.signal).catch(() => undefined);
      if (run.end.isOver) return { status: "failed", failure: failureOf(error, run) };
    }
  }
}

const NO_TOKENS: TokenUsage = { promptTokens: 0, completionTokens: 0 };
const NO_API_VERSION: EngineFailure = {
  code: "invalid_request",
  message: "An Azure connection needs an API version.",
  retryable: false,
};

async function attempt(run: EmbedExchange): Promise<EmbedOutcome> {
  const { target, tenantId, priority, texts } = run;
  const address = requestAddress(target, "/embeddings");
  if (address === undefined) return { status: "failed", failure: NO_API_VERSION };
  const body = JSON.stringify({ model: target.providerModel, input: texts, encoding_format: "float" });
  const call = { tenantId, priority, connectionId: target.connectionId, body, ...address };
  const answer = await openAnswer(call, { ...run, onByte: () => undefined, streams: false });
  const bytes = await answer.whole();
  if (run.end.reason !== undefined) throw run.end.reason;
  return readVectors(bytes.toString(), texts.length);
}

function readVectors(text: string, count: number): EmbedOutcome {
  const { data, usage } = parsedList(text);
  if (!Array.isArray(data) || data.length !== count) throw new UpstreamFault("not_a_completion");
  const vectors: number[][] = [];
  for (const [index, entry] of data.entries()) {
    // Some servers leave the index out; then the order says it.
    const { embedding, index: place = index } = Object(entry) as { embedding?: unknown; index?: unknown };
    const vector = unitVector(embedding);
    const isFree = typeof place === "number" && place in data && vectors[place] === undefined;
    if (vector === undefined || !isFree) throw new UpstreamFault("not_a_completion");
    vectors[place] = vector;
  }
  const tokens = usage?.prompt_tokens;
  const isCount = typeof tokens === "number" && Number.isSafeInteger(tokens) && tokens >= 0;
  return {
    status: "completed",
    vectors,
    usage: isCount ? { promptTokens: tokens, completionTokens: 0 } : undefined,
  };
}

function parsedList(text: string): EmbeddingList {
  try {
    return Object(JSON.parse(text)) as EmbeddingList;
  } catch {
    throw new UpstreamFault("not_a_completion");
  }
}

function unitVector(given: unknown): number[] | undefined {
  if (!Array.isArray(given) || !given.every((part) => typeof part === "number")) return undefined;
  const length = Math.hypot(...given);
  return Number.isFinite(length) && length > 0 ? given.map((part) => part / length) : undefined;
}

function failureOf(error: unknown, run: EmbedExchange): EngineFailure {
  const cause = run.end.reason ?? error;
  return mapFailure(cause, { secret: run.target.secret, providerModel: run.target.providerModel });
}
