import type { Interval, RunResult, RunSummary } from "@assay/core";
import {
  expectedOf,
  formatCost,
  formatInterval,
  formatScore,
  inputOf,
  outputOf,
  shortfallOf,
  shortfalls,
} from "../eval/eval-report.ts";
import { powerSentence } from "../eval/power-sentence.ts";
import type { FinishedSuite, Flip, SuiteReport } from "../eval/report-schema.ts";
import { type Headline, headlineOf, verdictSentence } from "../eval/verdict-sentence.ts";
import { OUTCOME_MARK } from "../verdict-lines.ts";
import { code, details, inert, table } from "./markdown-text.ts";

/** GitHub takes 65,536 characters in a comment; the rest is for what whoever posts it adds. */
const LENGTH_MAX = 60_000;
const MARK: Record<Headline, string> = {
  passed: "✅ passed",
  "part passed": "◐ part passed, the gate was not asked",
  failed: "❌ failed",
  "part failed": "❌ part failed, the gate was not asked",
  inconclusive: "❔ inconclusive",
  "could not run": "⚠️ could not run",
  skipped: "⏭️ skipped",
};

interface Depth {
  rowsMax: number;
  withClauses: boolean;
}

/** From everything to the verdict alone: the first that fits is written. */
const DEPTHS: readonly Depth[] = [
  { rowsMax: 10, withClauses: true },
  { rowsMax: 3, withClauses: true },
  { rowsMax: 0, withClauses: true },
  { rowsMax: 0, withClauses: false },
];

/**
 * For a comment on a pull request: the verdict first and in words, then numbers, clauses, changed cases and the first
 * failing ones. Foreign text stays text. Never longer than a comment may be: what does not fit is left out and said.
 */
export function reportMarkdown(reports: readonly SuiteReport[]): string {
  for (const depth of DEPTHS) {
    const text = withinLength(reports, depth);
    if (text !== undefined) return text;
  }
  return headlinesOnly(reports);
}

function withinLength(reports: readonly SuiteReport[], depth: Depth): string | undefined {
  const sections: string[] = [];
  let length = 0;
  for (const report of reports) {
    const section = suiteSection(report, depth).join("\n");
    length += section.length + 2;
    if (length > LENGTH_MAX) return undefined;
    sections.push(section);
  }
  return `${sections.join("\n\n")}\n`;
}

function headlinesOnly(reports: readonly SuiteReport[]): string {
  const lines: string[] = [];
  let length = 0;
  for (const report of reports) {
    const line = `- ${MARK[headlineOf(report)]}: ${inert(report.suite)}`;
    length += line.length + 1;
    if (length > LENGTH_MAX) break;
    lines.push(line);
  }
  const left = reports.length - lines.length;
  return `${[...lines, ...(left === 0 ? [] : [`- … and ${left} more suites`])].join("\n")}\n`;
}

function suiteSection(report: SuiteReport, depth: Depth): string[] {
  const title = `## ${inert(report.suite)}: ${MARK[headlineOf(report)]}`;
  const sentence = inert(verdictSentence(report), 600);
  if (report.status === "skipped") return [title, "", sentence];
  if (report.status === "could_not_run") {
    return [
      title,
      "",
      ...[report.message, ...report.details.slice(0, 20)].map((line) => `- ${code(line, 500)}`),
    ];
  }
  return [
    title,
    "",
    ...(report.run.power === null ? [] : [inert(powerSentence(report.run.power), 500), ""]),
    `**${sentence}**`,
    ...report.notes.map((note) => `\n> ${inert(note, 500)}`),
    ...(depth.withClauses ? [...numbers(report), ...clauses(report)] : []),
    ...(depth.rowsMax > 0
      ? [...flips(report, depth.rowsMax), ...tags(report), ...failing(report, depth.rowsMax)]
      : leftOut(report)),
    "",
    `<sub>Run ${inert(report.run.id)} on ${inert(`${report.run.dataset}@${report.run.datasetVersion}`)}</sub>`,
  ];
}

function leftOut(report: FinishedSuite): string[] {
  const count = shortfalls(report).length;
  return count === 0 ? [] : ["", `${count} below the mark, left out here for want of room.`];
}

/** The version beside the one that the label holds. */
function numbers({ run, baseline }: FinishedSuite): string[] {
  const { summary } = run;
  if (summary === null) return [];
  const other = baseline?.run.summary ?? null;
  const rows = [
    ["**score**", ...pair(summary, other, ({ score }) => `**${formatInterval(score)}**`)],
    ...summary.metrics.map(({ name }) => [
      inert(name),
      ...pair(summary, other, (of) => metricText(of, name)),
    ]),
    ["passed", ...pair(summary, other, ({ passed, cases }) => `${passed} of ${cases}`)],
    ["not scored, no answer", ...pair(summary, other, ({ notScored, failed }) => `${notScored}, ${failed}`)],
    ["latency p50, p95", ...pair(summary, other, latencyText)],
    ["cost", ...pair(summary, other, ({ costMicros }) => formatCost(costMicros))],
  ];
  const heads = baseline === null ? [] : [`version ${baseline.run.promptVersion}, the label's`];
  return ["", ...table(["", `version ${run.promptVersion}`, ...heads], rows)];
}

function pair(summary: RunSummary, other: RunSummary | null, text: (of: RunSummary) => string): string[] {
  return other === null ? [text(summary)] : [text(summary), text(other)];
}

function metricText(summary: RunSummary, name: string): string {
  const score: Interval | undefined = summary.metrics.find((metric) => metric.name === name)?.score;
  return score === undefined ? "–" : formatInterval(score);
}

function latencyText({ latencyP50Ms, latencyP95Ms }: RunSummary): string {
  const text = (value: number | null) => (value === null ? "–" : `${Math.round(value)} ms`);
  return `${text(latencyP50Ms)}, ${text(latencyP95Ms)}`;
}

function clauses({ run, promotion }: FinishedSuite): string[] {
  const approval =
    promotion?.clauses.filter(({ clause }) => clause === "approval" || clause === "evidence") ?? [];
  const all = [...(run.verdict?.clauses ?? []), ...approval];
  if (all.length === 0) return [];
  const rows = all.map(({ clause, metric, outcome, value, bound, message }) => [
    `${OUTCOME_MARK[outcome]} ${inert(metric === undefined ? clause : `${clause} of ${metric}`)}`,
    numberText(value),
    numberText(bound),
    inert(message, 500),
  ]);
  return ["", ...table(["gate", "found", "bound", ""], rows)];
}

function tags({ run }: FinishedSuite): string[] {
  const rows = (run.summary?.tags ?? []).map(({ tag, cases, score }) => [
    inert(tag),
    String(cases),
    formatInterval(score),
  ]);
  return rows.length === 0
    ? []
    : details("Score by tag", table(["tag", "cases", "score"], rows.slice(0, 30)));
}

const CHANGE: Record<Flip["change"], string> = { broken: "✗ broke", lost: "? lost", mended: "✓ mended" };

function flips(report: FinishedSuite, rowsMax: number): string[] {
  const all = report.baseline?.flips ?? [];
  if (all.length === 0) return [];
  const rows = all
    .slice(0, rowsMax)
    .map(({ caseKey, change, before, after }) => [
      `${CHANGE[change]} ${code(caseKey)}`,
      code(inputOf(report.cases[caseKey])),
      code(expectedOf(report.cases[caseKey])),
      code(outputOf(before)),
      code(outputOf(after) ?? shortfallOf(after)),
    ]);
  const lines = ["", ...table(["case", "input", "expected", "before", "now"], rows)];
  return all.length > rowsMax ? [...lines, "", `… and ${all.length - rowsMax} more changed cases.`] : lines;
}

function failing(report: FinishedSuite, rowsMax: number): string[] {
  const all = shortfalls(report);
  if (all.length === 0) return [];
  const rows = all.slice(0, rowsMax).map((result) => failingRow(report, result));
  const summary = `${all.length} below the mark${all.length > rows.length ? `, the first ${rows.length}` : ""}`;
  return details(summary, table(["case", "input", "expected", "got", "why"], rows));
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

function numberText(value: number | null): string {
  if (value === null) return "–";
  return Number.isInteger(value) ? String(value) : formatScore(value);
}
