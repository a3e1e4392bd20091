import { type GenerateRequest, LIMITS, type Price } from "@assay/core";
import { costMicros } from "../serving/cost-micros.ts";

/** Texts of any language come to at least so many bytes per token with the tokenizers in use. */
const BYTES_PER_TOKEN_MIN = 3;

/** The most that a request is expected to cost, in micro-units: its bytes as tokens, and all the tokens it may get. */
export function estimateMicros(price: Price, request: GenerateRequest): number {
  const { input, tools, responseFormat, sampling } = request;
  const bytes = Buffer.byteLength(JSON.stringify({ input, tools, responseFormat }));
  const promptTokens = Math.ceil(bytes / BYTES_PER_TOKEN_MIN);
  const completionTokens = sampling.maxTokens ?? LIMITS.maxTokensDefault;
  return costMicros(price, { promptTokens, completionTokens }) ?? 0;
}

/** The same for texts that are turned into vectors: nothing is generated. */
export function estimateTextsMicros(price: Price, texts: readonly string[]): number {
  // Rounded up text by text, as each is tokens of its own.
  const promptTokens = texts.reduce(
    (sum, text) => sum + Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN_MIN),
    0,
  );
  return costMicros(price, { promptTokens, completionTokens: 0 }) ?? 0;
}
