import type { VerdictClause } from "@assay/core";
import { isPassed, outcomeOf } from "./eval-report.ts";
import { partSentence } from "./part-sentence.ts";
import type { FinishedSuite, SuiteReport } from "./report-schema.ts";

export type Headline =
  | "passed"
  | "part passed"
  | "failed"
  | "part failed"
  | "inconclusive"
  | "could not run"
  | "skipped";

/**
 * The verdict in a word or three. An inconclusive gate is named, because there something can be done, and a gate that
 * was not asked has no word of its own.
 */
export function headlineOf(report: SuiteReport): Headline {
  if (report.status === "skipped") return "skipped";
  const outcome = outcomeOf(report);
  if (outcome === "could_not_run") return "could not run";
  if (isPartOfGated(report)) return `part ${outcome}`;
  if (outcome === "passed") return "passed";
  const isUndecided =
    report.status === "finished" && openClauses(report).every(({ outcome: of }) => of !== "fail");
  return isUndecided && report.status === "finished" && report.run.verdict !== null
    ? "inconclusive"
    : "failed";
}

function isPartOfGated(report: SuiteReport): boolean {
  return report.status === "finished" && report.run.verdict === null && report.part?.hasGate === true;
}

/** What was decided and why, as one person would tell another. */
export function verdictSentence(report: SuiteReport): string {
  if (report.status !== "finished") return report.message;
  const { run } = report;
  const subject = `Version ${run.promptVersion} of ${run.prompt}`;
  if (run.status !== "completed")
    return `${subject} was not judged: the run ${run.status}. ${run.error ?? ""}`.trim();
  if (run.verdict === null) return withoutGate(report, subject);
  const open = openClauses(report);
  if (outcomeOf(report) === "passed") return `${subject} passes its gate.${comparedWith(report)}`;
  const failed = open.filter(({ outcome }) => outcome === "fail");
  if (failed.length === 0) {
    return `${subject} cannot be told to be good enough: ${namesOf(open)} could not be decided, which is not a pass.`;
  }
  return `${subject} does not pass its gate: ${namesOf(failed)} failed.${comparedWith(report)}`;
}

function withoutGate(report: FinishedSuite, subject: string): string {
  const passed = report.results.filter(isPassed).length;
  const found = `${subject}: ${passed} of ${report.results.length} tests passed.`;
  const part = partSentence(report);
  if (part === undefined) return `${found} Without a gate every one must.`;
  return `${found} ${part} ${isPartOfGated(report) ? "Of a part" : "Without a gate"} every one must pass.`;
}

/** The clauses that kept the outcome from being a pass. */
function openClauses({ run, promotion }: FinishedSuite): VerdictClause[] {
  const isOpen = ({ clause, outcome }: VerdictClause) => outcome !== "pass" && clause !== "approval";
  const own = (run.verdict?.clauses ?? []).filter(isOpen);
  return own.length > 0 ? own : (promotion?.clauses ?? []).filter(isOpen);
}

function namesOf(clauses: readonly VerdictClause[]): string {
  return clauses
    .map(({ clause, metric }) => (metric === undefined ? clause : `${clause} of ${metric}`))
    .join(", ");
}

function comparedWith({ baseline }: FinishedSuite): string {
  if (baseline === null) return "";
  const count = (change: string) => baseline.flips.filter((flip) => flip.change === change).length;
  const parts = [
    [count("broken"), "broken"],
    [count("lost"), "lost"],
    [count("mended"), "mended"],
  ].filter(([n]) => n !== 0);
  const changes =
    parts.length === 0 ? "no case changed" : parts.map(([n, word]) => `${n} ${word}`).join(", ");
  return ` Against version ${baseline.run.promptVersion}: ${changes}.`;
}
