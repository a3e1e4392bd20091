import type { RunResult } from "@assay/core";
import {
  type EvalOutcome,
  expectedOf,
  type FinishedSuite,
  formatCost,
  formatInterval,
  formatScore,
  inputOf,
  outcomeOf,
  outputOf,
  type SuiteReport,
  shortfallOf,
  shortfalls,
} from "../eval/eval-report.ts";
import { printableLine } from "../printable.ts";
import { OUTCOME_MARK } from "../verdict-lines.ts";

const SHOWN_MAX = 10;
const TITLE: Record<EvalOutcome, string> = {
  passed: "✅ passed",
  failed: "❌ failed",
  could_not_run: "⚠️ could not run",
};

/** For a comment on a pull request: verdict, clauses, tags and the first failing cases. Foreign text stays text. */
export function reportMarkdown(reports: readonly SuiteReport[]): string {
  return `${reports.map((report) => suiteSection(report).join("\n")).join("\n\n")}\n`;
}

function suiteSection(report: SuiteReport): string[] {
  const title = `## ${inert(report.suite)}: ${titleOf(report)}`;
  if (report.status === "could_not_run") {
    return [title, "", ...[report.message, ...report.details].map((line) => `- ${code(line, 500)}`)];
  }
  return [title, "", facts(report), ...clauses(report), ...tags(report), ...failing(report)];
}

function titleOf(report: SuiteReport): string {
  const isUndecided = report.status === "finished" && report.run.verdict?.outcome === "inconclusive";
  return isUndecided && outcomeOf(report) === "failed" ? "❔ inconclusive" : TITLE[outcomeOf(report)];
}

function facts({ run }: FinishedSuite): string {
  const name = `Version ${run.promptVersion} of ${code(run.prompt)} on ${code(`${run.dataset}@${run.datasetVersion}`)}`;
  if (run.summary === null)
    return `${name}: ${run.status}. ${run.error === null ? "" : code(run.error, 500)}`;
  const { score, passed, cases, notScored, failed, costMicros } = run.summary;
  const counts = `${passed} of ${cases} passed, ${notScored} not scored, ${failed} without an answer`;
  return `${name}: score **${formatInterval(score)}**, ${counts}, cost ${formatCost(costMicros)}.`;
}

function clauses({ run }: FinishedSuite): string[] {
  if (run.verdict === null) return [];
  const rows = run.verdict.clauses.map(({ clause, outcome, value, bound, message }) => [
    `${OUTCOME_MARK[outcome]} ${clause}`,
    numberText(value),
    numberText(bound),
    inert(message),
  ]);
  return ["", ...table(["gate", "found", "bound", ""], rows)];
}

function tags({ run }: FinishedSuite): string[] {
  const rows = (run.summary?.tags ?? []).map(({ tag, cases, score }) => [
    inert(tag),
    String(cases),
    formatInterval(score),
  ]);
  return rows.length === 0 ? [] : ["", ...table(["tag", "cases", "score"], rows)];
}

function failing(report: FinishedSuite): string[] {
  const all = shortfalls(report);
  if (all.length === 0) return [];
  const rows = all.slice(0, SHOWN_MAX).map((result) => failingRow(report, result));
  const title = `<details><summary>${all.length} below the mark${all.length > rows.length ? `, the first ${rows.length}` : ""}</summary>`;
  return ["", title, "", ...table(["case", "input", "expected", "got", "why"], rows), "", "</details>"];
}

function failingRow(report: FinishedSuite, result: RunResult): string[] {
  const testCase = report.cases[result.caseKey];
  return [
    code(result.caseKey),
    code(inputOf(testCase)),
    code(expectedOf(testCase)),
    code(outputOf(result)),
    inert(shortfallOf(result)),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function numberText(value: number | null): string {
  if (value === null) return "–";
  return Number.isInteger(value) ? String(value) : formatScore(value);
}

function code(text: string | undefined, lengthMax = 120): string {
  return text === undefined ? "–" : `<code>${inert(text, lengthMax)}</code>`;
}

/**
 * Text that Markdown and HTML leave alone: every character either could act on (tags, links, bare addresses, mentions,
 * images, emphasis, cell borders) is written as an entity.
 */
function inert(text: string, lengthMax = 300): string {
  return printableLine(text.toWellFormed(), lengthMax).replaceAll(
    /(?<=www)\.|[^\p{L}\p{N}\p{M} .,;"'(){}=/…–✓✗?%+-]/giu,
    (character) => `&#${character.codePointAt(0)};`,
  );
}
