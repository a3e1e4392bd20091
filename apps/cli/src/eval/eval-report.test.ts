import { describe, expect, it } from "vitest";
import {
  aBrokenSuite,
  aFinishedSuite,
  aRun,
  FAILED_VERDICT,
  PASSED_VERDICT,
} from "../testing/sample-report.ts";
import { formatInterval, formatScore, outcomeOf, overallOutcome, shortfalls } from "./eval-report.ts";

describe("the outcome of a suite", () => {
  it("is the gate's where there is one, and a gate that cannot tell is no pass", () => {
    expect(outcomeOf(aFinishedSuite(PASSED_VERDICT))).toBe("passed");
    expect(outcomeOf(aFinishedSuite(FAILED_VERDICT))).toBe("failed");
    expect(outcomeOf(aFinishedSuite({ ...PASSED_VERDICT, outcome: "inconclusive" }))).toBe("failed");
  });

  it("without a gate is that of every case: an error or an unknown score is no pass", () => {
    const report = aFinishedSuite(null);
    expect(outcomeOf(report)).toBe("failed");
    for (const index of [1, 2, 3]) {
      const results = [report.results[0], report.results[index]].filter((result) => result !== undefined);
      expect(outcomeOf({ ...report, results })).toBe("failed");
    }
    expect(outcomeOf({ ...report, results: report.results.slice(0, 1) })).toBe("passed");
  });

  it("is none when the run did not come to its end", () => {
    const run = { ...aRun(PASSED_VERDICT), status: "cancelled" as const };
    expect(outcomeOf({ ...aFinishedSuite(PASSED_VERDICT), run })).toBe("could_not_run");
  });
});

it("lets the worst suite speak for all", () => {
  const passed = aFinishedSuite(PASSED_VERDICT);
  const failed = aFinishedSuite(FAILED_VERDICT);
  expect(overallOutcome([passed, passed])).toBe("passed");
  expect(overallOutcome([passed, failed])).toBe("failed");
  expect(overallOutcome([passed, failed, aBrokenSuite()])).toBe("could_not_run");
});

it("shows errors first, then the lowest scores", () => {
  expect(shortfalls(aFinishedSuite(null)).map(({ outcome }) => outcome.status)).toEqual([
    "failed",
    "not_scored",
    "scored",
  ]);
});

it("never rounds a score up to one it has not reached", () => {
  expect(formatScore(0.99999)).toBe("0.9999");
  expect(formatScore(1)).toBe("1.0000");
  expect(formatScore(0.9)).toBe("0.9000");
  expect(formatScore(0.52626)).toBe("0.5263");
  expect(formatInterval({ mean: null, lower: null, upper: null })).toBe("–");
});
