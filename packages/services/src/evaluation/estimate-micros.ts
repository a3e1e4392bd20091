import { type GenerateRequest, LIMITS, type Price } from "@assay/core";
import { costMicros } from "../serving/cost-micros.ts";

/** The most that a request is expected to cost, in micro-units: each byte of it a token (digits and some scripts
 * come to that; a tokenizer never makes more), and all the tokens it may get. */
export function estimateMicros(price: Price, request: GenerateRequest): number {
  const { input, tools, responseFormat, sampling } = request;
  const bytes = Buffer.byteLength(JSON.stringify({ input, tools, responseFormat }));
  const completionTokens = sampling.maxTokens ?? LIMITS.maxTokensDefault;
  return costMicros(price, { promptTokens: bytes, completionTokens }) ?? 0;
}

/** The same for texts that are turned into vectors: nothing is generated. */
export function estimateTextsMicros(price: Price, texts: readonly string[]): number {
  const promptTokens = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return costMicros(price, { promptTokens, completionTokens: 0 }) ?? 0;
}
