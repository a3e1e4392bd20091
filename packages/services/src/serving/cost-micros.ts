import type { Price, TokenUsage } from "@assay/core";

const TOKENS_PER_PRICE = 1_000_000n;

/**
 * Cost in micro-units, rounded up to a whole one so that many small requests are never free. Null where the price or
 * the usage is unknown: unknown is not zero.
 */
export function costMicros(price: Price | null, usage: TokenUsage | undefined): number | null {
  if (price === null || usage === undefined) return null;
  const millionths =
    BigInt(price.inputMicrosPerMillion) * BigInt(usage.promptTokens) +
    BigInt(price.outputMicrosPerMillion) * BigInt(usage.completionTokens);
  return Number((millionths + TOKENS_PER_PRICE - 1n) / TOKENS_PER_PRICE);
}
