import { expect, test } from "vitest";
import { trendOf } from "./trend-of.ts";

const NOW = Date.parse("2026-11-22T13:00:00.000Z");
const trend = {
  prompt: "triage",
  requests: 30,
  failedRequests: 10,
  costPerRequestMicros: 5,
  latencyP95Ms: 800,
  days: [
    {
      day: "2026-11-20T00:00:00.000Z",
      requests: 10,
      failedRequests: 10,
      costMicros: null,
      latencyP95Ms: null,
    },
    { day: "2026-11-22T00:00:00.000Z", requests: 20, failedRequests: 0, costMicros: 100, latencyP95Ms: 800 },
  ],
};

test("a trend has a value for each of 14 days, the last of which is today", () => {
  const { total, days } = trendOf(trend, "latency", NOW);
  expect(total).toBe(800);
  expect(days).toHaveLength(14);
  expect(days.slice(-3)).toEqual([null, null, 800]);
});

test("a day without requests had none, but nothing is known of its cost", () => {
  expect(trendOf(trend, "requests", NOW).days.slice(-3)).toEqual([10, 0, 20]);
  expect(trendOf(trend, "cost", NOW).days.slice(-3)).toEqual([null, null, 5]);
});

test("a day's cost is that of a request that was answered: one that failed has none", () => {
  const day = { ...trend.days[1], day: "2026-11-22T00:00:00.000Z", requests: 20, failedRequests: 10 };
  const days = [{ ...day, costMicros: 100, latencyP95Ms: 800 }];
  expect(trendOf({ ...trend, days }, "cost", NOW).days.at(-1)).toBe(10);
});
