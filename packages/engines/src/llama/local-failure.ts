import type { EngineFailure, EngineFailureCode } from "@assay/core";

/** Failures that may pass by themselves. */
const RETRYABLE: ReadonlySet<EngineFailureCode> = new Set([
  "queue_full",
  "unavailable",
  "timeout",
  "crashed",
]);

/** A failure of the local engine; whether it is worth sending again follows from the code unless said. */
export function localFailure(
  code: EngineFailureCode,
  message: string,
  rest: Partial<EngineFailure> = {},
): EngineFailure {
  return { code, message, retryable: RETRYABLE.has(code), ...rest };
}

export const CANCELLED = localFailure("cancelled", "The request was cancelled.");
export const CLOSED = localFailure("unavailable", "The engine is shutting down.");
