import type { Case, RunResult } from "@assay/core";
import type { EvalOutcome, FinishedSuite, SuiteReport } from "./report-schema.ts";

/**
 * The gate decides where there is one and was asked, and a gate that could not tell is no pass. Otherwise (no gate, or
 * a part of the cases) every case is a test and each must pass; a suite that only measures says so with `passScore: 0`. Where it was asked whether the label
 * could move, both must say yes, save that a missing approval is no fault of the version.
 */
export function outcomeOf(report: SuiteReport): EvalOutcome {
  if (report.status === "skipped") return "passed";
  if (report.status === "could_not_run" || report.run.status !== "completed") return "could_not_run";
  const { verdict } = report.run;
  const isPass = verdict === null ? report.results.every(isPassed) : verdict.outcome === "pass";
  return isPass && isPromotable(report) ? "passed" : "failed";
}

function isPromotable({ promotion }: FinishedSuite): boolean {
  const clauses = promotion?.clauses.filter(({ clause }) => clause !== "approval") ?? [];
  return clauses.every(({ outcome }) => outcome === "pass");
}

export function overallOutcome(reports: readonly SuiteReport[]): EvalOutcome {
  const outcomes = reports.map(outcomeOf);
  if (outcomes.includes("could_not_run")) return "could_not_run";
  return outcomes.includes("failed") ? "failed" : "passed";
}

export function isPassed({ outcome }: RunResult): boolean {
  return outcome.status === "scored" && outcome.passed;
}

/** Results that did not pass, errors first, then the lowest scores. */
export function shortfalls(report: FinishedSuite): RunResult[] {
  return report.results.filter((result) => !isPassed(result)).sort((a, b) => rank(a) - rank(b));
}

function rank({ outcome }: RunResult): number {
  if (outcome.status === "failed") return -2;
  return outcome.status === "not_scored" ? -1 : outcome.score;
}

/** What kept a result from passing, in one sentence. */
export function shortfallOf({ outcome }: RunResult): string {
  if (outcome.status === "failed") return `${outcome.failure.code}: ${outcome.failure.message}`;
  if (outcome.status === "not_scored") return `not scored: ${outcome.reason}`;
  const parts = outcome.metrics.map(({ name, outcome: metric }) =>
    metric.status === "scored" ? `${name} ${formatScore(metric.score)}` : `${name} not scored`,
  );
  return `score ${formatScore(outcome.score)} (${parts.join(", ")})`;
}

export function outputOf({ outcome }: RunResult): string | undefined {
  return outcome.status === "failed" ? undefined : outcome.output;
}

/** What a case puts in: its newest message, or its variables. */
export function inputOf(testCase: Case | undefined): string | undefined {
  const content = testCase?.messages?.at(-1)?.content;
  if (typeof content === "string") return content;
  if (content) return JSON.stringify(content);
  return testCase?.variables === undefined ? undefined : JSON.stringify(testCase.variables);
}

export function expectedOf(testCase: Case | undefined): string | undefined {
  const expected = testCase?.expected;
  if (expected === undefined) return undefined;
  return typeof expected === "string" ? expected : JSON.stringify(expected);
}

/** A score or bound in 0..1 to four places; what is not quite 1 never reads as 1. */
export function formatScore(score: number | null): string {
  if (score === null) return "–";
  return (score < 1 ? Math.min(score, 0.9999) : score).toFixed(4);
}

/** `0.9612 [0.9401, 0.9788]` */
export function formatInterval(interval: {
  mean: number | null;
  lower: number | null;
  upper: number | null;
}): string {
  if (interval.mean === null) return "–";
  if (interval.lower === null || interval.upper === null) return formatScore(interval.mean);
  return `${formatScore(interval.mean)} [${formatScore(interval.lower)}, ${formatScore(interval.upper)}]`;
}

/** Micro-units as units of the platform's currency; unknown stays unknown. */
export function formatCost(costMicros: number | null): string {
  return costMicros === null ? "unknown" : (costMicros / 1_000_000).toFixed(6);
}
