import type { PromptTrend, TrafficDay } from "@assay/core";

export type TrendMeasure = "cost" | "latency" | "requests";

const DAY_MS = 86_400_000;
const DAYS = 14;

/** A measure over the whole period and on each of its days, oldest first; null where nothing is known. */
export function trendOf(
  trend: PromptTrend,
  of: TrendMeasure,
  nowMs: number,
): { total: number | null; days: (number | null)[] } {
  const byDay = new Map(trend.days.map((day) => [Math.floor(Date.parse(day.day) / DAY_MS), day]));
  const today = Math.floor(nowMs / DAY_MS);
  const days = Array.from({ length: DAYS }, (_, index) => onDay(byDay.get(today - DAYS + 1 + index), of));
  const totals = {
    cost: trend.costPerRequestMicros,
    latency: trend.latencyP95Ms,
    requests: trend.requests,
  };
  return { total: totals[of], days };
}

function onDay(day: TrafficDay | undefined, of: TrendMeasure): number | null {
  // A day without requests had none, but no cost and no latency that one could speak of.
  if (day === undefined) return of === "requests" ? 0 : null;
  if (of === "requests") return day.requests;
  if (of === "latency") return day.latencyP95Ms;
  const answered = day.requests - day.failedRequests;
  return day.costMicros === null || answered === 0 ? null : day.costMicros / answered;
}
