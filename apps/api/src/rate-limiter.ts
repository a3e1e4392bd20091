import { AppError, type KeyLimits, LIMITS } from "@assay/core";

const MINUTE_MS = 60_000;

interface Usage {
  windowStartMs: number;
  /** Requests of the present minute and of the one before: together they approximate a sliding window. */
  current: number;
  previous: number;
  active: number;
}

/** What the answer's `x-ratelimit-*` headers say. */
export interface RateStanding {
  limit: number;
  remaining: number;
  resetMs: number;
}

/** Requests per minute and at the same time, per key, in this process. */
export interface RateLimiter {
  /**
   * Counts a request in.
   * @throws AppError `rate_limit_exceeded` or `concurrency_limit_exceeded`, with a truthful `retryAfterMs`.
   */
  enter(keyId: string, limits: KeyLimits): RateStanding;
  /** Refuses what `enter` would, and counts nothing. */
  check(keyId: string, limits: KeyLimits): void;
  leave(keyId: string): void;
}

/**
 * A sliding window made of two counters: the previous minute counts by the share of it that is still in view. Exact
 * shared counters come with replicas; a key may use its limit once per process until then.
 */
export function createRateLimiter(nowMs: () => number): RateLimiter {
  const usages = new Map<string, Usage>();

  const usageOf = (keyId: string): Usage =>
    slide(usages.get(keyId) ?? { windowStartMs: nowMs(), current: 0, previous: 0, active: 0 }, nowMs());

  const admit = (usage: Usage, limits: KeyLimits): RateStanding => {
    if (usage.active >= limits.concurrentRequests) {
      throw new AppError(
        "concurrency_limit_exceeded",
        `This key may make ${limits.concurrentRequests} requests at the same time; wait for one to end.`,
        { retryAfterMs: 1000 },
      );
    }
    const standing = standingOf(usage, limits.requestsPerMinute, nowMs());
    if (standing.remaining < 0) {
      throw new AppError("rate_limit_exceeded", `This key may make ${standing.limit} requests a minute.`, {
        retryAfterMs: standing.resetMs,
      });
    }
    return standing;
  };

  return {
    enter(keyId, limits) {
      const usage = usageOf(keyId);
      if (!usages.has(keyId) && usages.size >= LIMITS.keyCacheEntriesMax) forgetIdle(usages);
      usages.set(keyId, usage);
      const standing = admit(usage, limits);
      usage.current += 1;
      usage.active += 1;
      return standing;
    },
    check: (keyId, limits) => {
      admit(usageOf(keyId), limits);
    },
    leave(keyId) {
      const usage = usages.get(keyId);
      if (usage !== undefined) usage.active = Math.max(0, usage.active - 1);
    },
  };
}

function slide(usage: Usage, now: number): Usage {
  const windows = Math.floor((now - usage.windowStartMs) / MINUTE_MS);
  if (windows <= 0) return usage;
  usage.previous = windows === 1 ? usage.current : 0;
  usage.current = 0;
  usage.windowStartMs += windows * MINUTE_MS;
  return usage;
}

/** `remaining` counts the present request in: below zero it is one too many. */
function standingOf(usage: Usage, limit: number, now: number): RateStanding {
  const elapsed = now - usage.windowStartMs;
  const used = usage.previous * (1 - elapsed / MINUTE_MS) + usage.current;
  const remaining = Math.floor(limit - used) - 1;
  return {
    limit,
    remaining,
    resetMs: remaining < 0 ? waitMs(usage, limit, elapsed) : Math.ceil(MINUTE_MS - elapsed),
  };
}

/** Time until one more request fits: within this window as the previous one fades, or else in the next. */
function waitMs(usage: Usage, limit: number, elapsed: number): number {
  const room = limit - 1 - usage.current;
  if (room >= 0 && usage.previous > 0) return Math.ceil(MINUTE_MS * (1 - room / usage.previous) - elapsed);
  const fade = usage.current > 0 ? MINUTE_MS * (1 - Math.max(0, limit - 1) / usage.current) : 0;
  return Math.ceil(MINUTE_MS - elapsed + Math.max(0, fade));
}

function forgetIdle(usages: Map<string, Usage>): void {
  for (const [keyId, usage] of usages) if (usage.active === 0) usages.delete(keyId);
}
