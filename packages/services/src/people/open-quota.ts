import { AppError } from "@assay/core";
import { LRUCache } from "lru-cache";

interface QuotaRule {
  /** What is counted, as the refusal calls it: "log-ins of this account". */
  what: string;
  max: number;
  windowMs: number;
  entriesMax: number;
}

/** So many of something within a window of time, for each of many names, in this process. */
export interface Quota {
  /** @throws AppError `rate_limit_exceeded` with a truthful `retryAfterMs`, and counts nothing. */
  check(name: string): void;
  /** Counts one, whether or not there is room. */
  spend(name: string): void;
}

/** For what is done rightly and yet costs: a loop of successes would take the machine as well as one of failures. */
export function openQuota({ what, max, windowMs, entriesMax }: QuotaRule, now: () => Date): Quota {
  const windows = new LRUCache<string, { startMs: number; count: number }>({ max: entriesMax });

  const windowOf = (name: string) => {
    const atMs = now().getTime();
    const found = windows.get(name);
    return found !== undefined && atMs - found.startMs < windowMs ? found : { startMs: atMs, count: 0 };
  };

  return {
    check: (name) => {
      const { startMs, count } = windowOf(name);
      if (count < max) return;
      const retryAfterMs = startMs + windowMs - now().getTime();
      const message = `Too many ${what}. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
      throw new AppError("rate_limit_exceeded", message, { retryAfterMs });
    },
    spend: (name) => {
      const { startMs, count } = windowOf(name);
      windows.set(name, { startMs, count: count + 1 });
    },
  };
}
