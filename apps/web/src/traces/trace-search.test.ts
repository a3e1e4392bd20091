import { expect, test } from "vitest";
import { isFiltered, readTraceSearch, traceQuery } from "./trace-search.ts";

test("an address becomes filters, and what makes no sense is left out", () => {
  expect(
    readTraceSearch({
      prompt: "triage",
      version: 3,
      status: "failed",
      source: "nowhere",
      since: "2026-11-01",
      until: "yesterday",
      hasContent: true,
      hasFeedback: "false",
      minScore: 0.5,
      maxScore: 7,
      other: "x",
    }),
  ).toEqual({
    prompt: "triage",
    version: 3,
    status: "failed",
    since: "2026-11-01",
    hasContent: true,
    hasFeedback: false,
    minScore: 0.5,
  });
});

test("a version without its prompt is no filter, and neither is a part of one", () => {
  expect(readTraceSearch({ version: 3 })).toEqual({});
  expect(readTraceSearch({ prompt: "triage", version: 1.5 })).toEqual({ prompt: "triage" });
});

// A day on which no clock in the world is put forward or back.
test("days are asked for from their first moment to their last, on the reader's clock", () => {
  const { since, until } = traceQuery({ since: "2026-06-10", until: "2026-06-10" });
  expect(Date.parse(until ?? "") - Date.parse(since ?? "")).toBe(86_400_000);
  expect(new Date(since ?? "").getHours()).toBe(0);
});

test("the open trace is no filter", () => {
  expect(traceQuery({ trace: "trc_1", hasContent: false })).toEqual({ hasContent: "false" });
  expect(isFiltered({ trace: "trc_1" })).toBe(false);
  expect(isFiltered({ trace: "trc_1", label: "production" })).toBe(true);
});
