import type { EngineFailure } from "@assay/core";
import { LIMITS } from "@assay/core";
import { expect, test } from "vitest";
import { retryDelayMs } from "./retry-delay.ts";

const AWAY: EngineFailure = { code: "unavailable", message: "away", retryable: true };
const ask = (failure: EngineFailure, attempts: number, random = 0) =>
  retryDelayMs({ failure, attempts, random: () => random });

test("waits twice as long each time, between half and all of it", () => {
  expect([ask(AWAY, 1, 0), ask(AWAY, 1, 0.999)]).toEqual([125, 250]);
  expect([ask(AWAY, 2, 0), ask(AWAY, 2, 0.999)]).toEqual([250, 500]);
});

test("ends after the last attempt allowed", () => {
  expect(ask(AWAY, LIMITS.upstreamAttemptsMax - 1)).toBeDefined();
  expect(ask(AWAY, LIMITS.upstreamAttemptsMax)).toBeUndefined();
});

test("never repeats what cannot succeed", () => {
  expect(ask({ ...AWAY, retryable: false }, 1)).toBeUndefined();
});

test("waits as long as the provider asks, or not at all", () => {
  expect(ask({ ...AWAY, retryAfterMs: 3_000 }, 1)).toBe(3_000);
  expect(ask({ ...AWAY, retryAfterMs: 0 }, 1)).toBe(125);
  expect(ask({ ...AWAY, retryAfterMs: 3_600_000 }, 1)).toBeUndefined();
});
