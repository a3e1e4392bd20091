import { type KeyLimits, LIMITS, type Route } from "@assay/core";

export const PERSON_LIMITS: KeyLimits = {
  requestsPerMinute: LIMITS.personRequestsPerMinute,
  concurrentRequests: LIMITS.personConcurrentRequests,
};

/** Where a caller is counted. Each plane has its own count, so that a chat app under load does not lock its editor out. */
export function countPlaceOf({ plane }: Route, callerId: string): string {
  return `${plane}:${callerId}`;
}
