import { expect, test } from "vitest";
import { dayStarts } from "./day-starts.ts";

test("days begin at midnight in UTC, the oldest first, and today is one of them", () => {
  const named = (now: string) => dayStarts(new Date(now), 3).map((start) => start.toISOString());
  const days = ["2026-02-27T00:00:00.000Z", "2026-02-28T00:00:00.000Z", "2026-03-01T00:00:00.000Z"];
  expect(named("2026-03-01T00:00:00.000Z")).toEqual(days);
  expect(named("2026-03-01T23:59:59.999Z")).toEqual(days);
});
