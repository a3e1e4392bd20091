import { expect, test } from "vitest";
import { createRateLimiter } from "./rate-limiter.ts";

const limits = { requestsPerMinute: 10, concurrentRequests: 100 };

function start(at = 0) {
  const clock = { ms: at };
  return { clock, limiter: createRateLimiter(() => clock.ms) };
}

test("the limit's last request passes and the next is refused with a truthful wait", () => {
  const { clock, limiter } = start();
  for (let i = 0; i < 10; i += 1) limiter.enter("key", limits);
  let retryAfterMs = 0;
  try {
    limiter.enter("key", limits);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "rate_limit_exceeded" });
    retryAfterMs = (error as { details: { retryAfterMs: number } }).details.retryAfterMs;
  }
  clock.ms += retryAfterMs - 1;
  expect(() => limiter.enter("key", limits)).toThrow();
  clock.ms += 1;
  expect(() => limiter.enter("key", limits)).not.toThrow();
});

test("any minute in view holds at most the limit, wherever it starts", () => {
  const { clock, limiter } = start();
  const taken: number[] = [];
  for (let step = 0; step < 600; step += 1) {
    clock.ms = step * 500;
    try {
      limiter.enter("key", limits);
      taken.push(clock.ms);
    } catch {}
    limiter.leave("key");
  }
  const busiest = Math.max(
    ...taken.map((from) => taken.filter((at) => at >= from && at < from + 60_000).length),
  );
  // The previous minute is taken as evenly spread, so the estimate may be off by a few, never by a whole limit.
  expect(busiest).toBeLessThanOrEqual(13);
  expect(taken.length).toBeGreaterThan(40);
});

test("requests at the same time are bounded and a finished one makes room", () => {
  const { limiter } = start();
  const narrow = { requestsPerMinute: 100, concurrentRequests: 2 };
  limiter.enter("key", narrow);
  limiter.enter("key", narrow);
  expect(() => limiter.enter("key", narrow)).toThrow(/at the same time/);
  limiter.leave("key");
  expect(() => limiter.enter("key", narrow)).not.toThrow();
});

test("one key's use is nothing to another key", () => {
  const { limiter } = start();
  for (let i = 0; i < 10; i += 1) limiter.enter("loud", limits);
  expect(limiter.enter("quiet", limits).remaining).toBe(9);
});
