import type { ClauseOutcome } from "@assay/core";
import {
  expectedOf,
  formatCost,
  formatInterval,
  inputOf,
  outputOf,
  shortfallOf,
  shortfalls,
} from "../eval/eval-report.ts";
import { partSentence } from "../eval/part-sentence.ts";
import { powerSentence } from "../eval/power-sentence.ts";
import type { FinishedSuite, SuiteReport } from "../eval/report-schema.ts";
import { type Headline, headlineOf } from "../eval/verdict-sentence.ts";
import type { Output } from "../output.ts";
import { printableLine } from "../printable.ts";
import { clauseLine } from "../verdict-lines.ts";

const SHOWN_MAX = 5;
const NO_SCORE = { mean: null, lower: null, upper: null };

/** The evaluation for a person at a terminal. */
export function printPretty(out: Output, reports: readonly SuiteReport[]): void {
  for (const report of reports) {
    if (report.status === "finished") printFinished(out, report);
    else {
      out.line(`${out.colors.bold(printableLine(report.file))}: ${printableLine(report.message, 2_000)}`);
      if (report.status === "could_not_run") for (const line of report.details) out.line(`  ${line}`);
    }
    out.line(verdictLine(out, report));
    out.line();
  }
}

function printFinished(out: Output, report: FinishedSuite): void {
  const { run } = report;
  const name = `${run.prompt}@${run.promptVersion} on ${run.dataset}@${run.datasetVersion}`;
  out.line(
    `${out.colors.bold(printableLine(report.suite))}  ${printableLine(name)}  ${out.colors.dim(run.id)}`,
  );
  if (run.power !== null) out.line(powerSentence(run.power));
  printSummary(out, report);
  printShortfalls(out, report);
  printFlips(out, report);
  const clauses = run.verdict?.clauses ?? [];
  const more =
    report.promotion?.clauses.filter(({ clause }) => clause === "approval" || clause === "evidence") ?? [];
  if (clauses.length + more.length > 0) out.line();
  for (const clause of [...clauses, ...more]) {
    out.line(`  ${styleOf(out, clause.outcome)(printableLine(clauseLine(clause), 1_000))}`);
  }
  const part = partSentence(report);
  if (part !== undefined) out.line(`  ${out.colors.yellow(part)}`);
  for (const note of report.notes) out.line(`  ${printableLine(note, 1_000)}`);
}

function printFlips(out: Output, { baseline, cases }: FinishedSuite): void {
  if (baseline === null) return;
  const { dim, green, red, yellow } = out.colors;
  const styles = { broken: red, lost: yellow, mended: green };
  const before = baseline.run.summary;
  out.line();
  out.line(
    `against version ${baseline.run.promptVersion}, which scores ${formatInterval(before?.score ?? NO_SCORE)}:`,
  );
  for (const { caseKey, change, before: then, after } of baseline.flips.slice(0, SHOWN_MAX)) {
    const texts = [inputOf(cases[caseKey]), outputOf(then), outputOf(after) ?? shortfallOf(after)];
    const excerpt = texts.map((text) => printableLine(text ?? "–", 50)).join(" → ");
    out.line(`  ${styles[change](change.padEnd(6))} ${printableLine(caseKey)}  ${dim(excerpt)}`);
  }
  const left = baseline.flips.length - SHOWN_MAX;
  if (left > 0) out.line(dim(`  … and ${left} more changed cases`));
  if (baseline.flips.length === 0) out.line(dim("  no case changed"));
}

function printSummary(out: Output, { run }: FinishedSuite): void {
  const { summary } = run;
  if (summary === null) return;
  out.line();
  out.table(
    ["", "score [95 %]", "cases", "not scored"],
    [
      ["score", formatInterval(summary.score), summary.cases, summary.notScored],
      ...summary.metrics.map(({ name, score, notScored }) => [
        `  ${name}`,
        formatInterval(score),
        "",
        notScored,
      ]),
      ...summary.tags.map(({ tag, cases, score }) => [`#${tag}`, formatInterval(score), cases, ""]),
    ],
  );
  const { passed, cases, failed, latencyP50Ms, latencyP95Ms, promptTokens, completionTokens } = summary;
  const latency = `latency ${milliseconds(latencyP50Ms)} median, ${milliseconds(latencyP95Ms)} p95`;
  const tokens = `tokens ${promptTokens} in, ${completionTokens} out`;
  out.line(`${passed} of ${cases} passed, ${failed} without an answer · ${latency} · ${tokens}`);
  out.line(`cost ${formatCost(summary.costMicros)}`);
}

function printShortfalls(out: Output, report: FinishedSuite): void {
  const all = shortfalls(report);
  const { dim } = out.colors;
  for (const result of all.slice(0, SHOWN_MAX)) {
    const testCase = report.cases[result.caseKey];
    out.line();
    out.line(`  ${printableLine(result.caseKey)}  ${printableLine(shortfallOf(result), 200)}`);
    const rows = { input: inputOf(testCase), expected: expectedOf(testCase), got: outputOf(result) };
    for (const [title, text] of Object.entries(rows)) {
      if (text !== undefined) out.line(`    ${dim(title.padEnd(8))} ${printableLine(text, 160)}`);
    }
  }
  if (all.length > SHOWN_MAX) out.line(dim(`  … and ${all.length - SHOWN_MAX} more below the mark`));
}

function verdictLine(out: Output, report: SuiteReport): string {
  const { bold, dim, green, red, yellow } = out.colors;
  const lines: Record<Headline, string> = {
    passed: green("PASSED"),
    "part passed": yellow("PART PASSED: the gate was not asked"),
    failed: red("FAILED"),
    "part failed": red("PART FAILED: the gate was not asked"),
    inconclusive: yellow("INCONCLUSIVE: not enough to tell is not a pass"),
    "could not run": red("COULD NOT RUN"),
    skipped: dim("SKIPPED"),
  };
  return bold(lines[headlineOf(report)]);
}

function styleOf(out: Output, outcome: ClauseOutcome): (text: string) => string {
  const { green, red, yellow } = out.colors;
  return { pass: green, fail: red, inconclusive: yellow, suspended: yellow }[outcome];
}

function milliseconds(value: number | null): string {
  return value === null ? "–" : `${Math.round(value)} ms`;
}
