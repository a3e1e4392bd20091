import type { EngineFailure } from "@assay/core";
import { LIMITS } from "@assay/core";

const BACKOFF_MS = 250;
const BACKOFF_MAX_MS = 8_000;
/** A provider that asks for more than this is better answered by the caller, who may have somewhere else to go. */
const RETRY_AFTER_MAX_MS = 20_000;

export interface RetryQuestion {
  failure: EngineFailure;
  /** Attempts made so far, at least 1. */
  attempts: number;
  /** Uniform in [0, 1). */
  random: () => number;
}

/**
 * The one retry policy: how long to wait before the next attempt, or undefined for no more. Exponential with jitter;
 * a `retry-after` is kept to, or not waited for at all.
 */
export function retryDelayMs({ failure, attempts, random }: RetryQuestion): number | undefined {
  if (!failure.retryable || attempts >= LIMITS.upstreamAttemptsMax) return undefined;
  const ceilingMs = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** (attempts - 1));
  const jitteredMs = Math.round(ceilingMs * (0.5 + random() / 2));
  if (failure.retryAfterMs === undefined) return jitteredMs;
  return failure.retryAfterMs > RETRY_AFTER_MAX_MS ? undefined : Math.max(jitteredMs, failure.retryAfterMs);
}
