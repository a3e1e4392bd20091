import { createHash } from "node:crypto";
import type { ClauseOutcome, RunSummary, VerdictClause } from "@assay/core";
import { formatCost, formatInterval, formatScore, overallOutcome } from "../eval/eval-report.ts";
import type { FinishedSuite, SuiteReport } from "../eval/report-schema.ts";
import { type Headline, headlineOf, verdictSentence } from "../eval/verdict-sentence.ts";
import { OUTCOME_MARK } from "../verdict-lines.ts";
import { badge, caseList, flipList } from "./html/case-list.ts";
import { barPlot, histogram, intervalPlot } from "./html/charts.ts";
import { escapeHtml } from "./html/escape-html.ts";
import { PAGE_SCRIPT } from "./html/page-script.ts";
import { PAGE_STYLE } from "./html/page-style.ts";

const METRICS_MAX = 40;
const TAGS_MAX = 40;

const STYLE: Record<Headline, string> = {
  passed: "good",
  "part passed": "unsure",
  failed: "bad",
  "part failed": "bad",
  inconclusive: "unsure",
  "could not run": "bad",
  skipped: "soft",
};

/**
 * One page that needs nothing from elsewhere: no request leaves it, and its policy lets no script run but its own
 * filter. Foreign text stays text.
 */
export function reportHtml(reports: readonly SuiteReport[]): string {
  const policy = `default-src 'none'; style-src '${hashOf(PAGE_STYLE)}'; script-src '${hashOf(PAGE_SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const isPart = reports.some((report) => headlineOf(report).startsWith("part "));
  const overall = `${isPart ? "of a part " : ""}${overallOutcome(reports).replaceAll("_", " ")}${isPart ? ": the gate was not asked" : ""}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evaluation: ${overall}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<h1>Evaluation ${overall}</h1>
<div class="soft">${reports.length === 1 ? "1 suite" : `${reports.length} suites`}</div>
${reports.map(suiteSection).join("\n")}
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function suiteSection(report: SuiteReport): string {
  const headline = headlineOf(report);
  const title = `<div class="verdict"><h2>${escapeHtml(report.suite)}</h2>${badge(STYLE[headline], headline)}</div>`;
  const sentence = `<p class="sentence" dir="auto">${escapeHtml(verdictSentence(report))}</p>`;
  if (report.status !== "finished") {
    const lines = report.status === "could_not_run" ? report.details : [];
    return `<section class="suite">${title}${sentence}${lines.map((line) => `<pre>${escapeHtml(line)}</pre>`).join("")}</section>`;
  }
  const { run } = report;
  const origin = `${run.prompt}@${run.promptVersion} on ${run.dataset}@${run.datasetVersion} · ${run.id}`;
  const parts = [
    title,
    sentence,
    `<div class="soft">${escapeHtml(origin)}</div>`,
    ...report.notes.map((note) => `<p class="unsure" dir="auto">${escapeHtml(note)}</p>`),
    run.summary === null ? "" : tiles(run.summary),
    clauseTable(report),
    run.summary === null ? "" : charts(report, run.summary),
    flipList(report),
    promptMessages(report),
    caseList(report),
  ];
  return `<section class="suite">${parts.join("\n")}</section>`;
}

function tiles(summary: RunSummary): string {
  const { score, passed, cases, notScored, failed, latencyP50Ms, latencyP95Ms, costMicros } = summary;
  const latency = [latencyP50Ms, latencyP95Ms].map((value) => (value === null ? "–" : Math.round(value)));
  const facts: [string, string][] = [
    [formatScore(score.mean), `score, 95 %: ${formatScore(score.lower)} to ${formatScore(score.upper)}`],
    [`${passed} of ${cases}`, "passed"],
    [`${notScored} · ${failed}`, "not scored · no answer"],
    [`${latency.join(" · ")} ms`, "latency, median · p95"],
    [formatCost(costMicros), "cost"],
  ];
  return `<div class="tiles">${facts.map(([value, name]) => `<div class="tile"><b>${escapeHtml(value)}</b><span>${escapeHtml(name)}</span></div>`).join("")}</div>`;
}

const CLAUSE_STYLE: Record<ClauseOutcome, string> = {
  pass: "good",
  fail: "bad",
  inconclusive: "unsure",
  suspended: "unsure",
};

function clauseTable({ run, promotion }: FinishedSuite): string {
  const isAbout = ({ clause }: VerdictClause) => clause === "approval" || clause === "evidence";
  const clauses = [...(run.verdict?.clauses ?? []), ...(promotion?.clauses ?? []).filter(isAbout)];
  if (clauses.length === 0) return "";
  const rows = clauses.map(({ clause, metric, outcome, value, bound, message }) => {
    const name = metric === undefined ? clause : `${clause} of ${metric}`;
    return `<tr><td class="${CLAUSE_STYLE[outcome]}">${OUTCOME_MARK[outcome]} ${escapeHtml(name)}</td><td class="number">${numberText(value)}</td><td class="number">${numberText(bound)}</td><td dir="auto">${escapeHtml(message)}</td></tr>`;
  });
  return `<h3>Gate</h3><table><thead><tr><th>clause</th><th>found</th><th>bound</th><th></th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function charts(report: FinishedSuite, summary: RunSummary): string {
  const other = report.baseline?.run.summary ?? undefined;
  const metrics = summary.metrics.slice(0, METRICS_MAX).map(({ name, score }) => ({
    label: name,
    value: score,
    before: other?.metrics.find((metric) => metric.name === name)?.score,
  }));
  const legend =
    other === undefined ? "" : `, with version ${report.baseline?.run.promptVersion} below in grey`;
  const scores = report.results.flatMap(({ outcome }) =>
    outcome.status === "scored" ? [outcome.score] : [],
  );
  const tags = summary.tags.slice(0, TAGS_MAX).map(({ tag, cases, score }) => ({
    label: `#${tag} (${cases})`,
    share: score.mean ?? 0,
    text: formatInterval(score),
    interval: score,
  }));
  return [
    `<h3>Scores with 95 % intervals${legend}</h3>`,
    intervalPlot("Scores", [{ label: "score", value: summary.score, before: other?.score }, ...metrics]),
    scores.length === 0 ? "" : `<h3>Results by score</h3>${histogram("Results by score", scores)}`,
    tags.length === 0 ? "" : `<h3>Score by tag</h3>${barPlot("Score by tag", tags)}`,
  ].join("\n");
}

function promptMessages({ content }: FinishedSuite): string {
  if (content === null) return "";
  const messages = content.messages.map((message) =>
    "role" in message
      ? `<h4>${message.role}</h4><pre dir="auto">${escapeHtml(message.content)}</pre>`
      : `<h4>${message.placeholder}</h4>`,
  );
  const model = [content.model, content.adapter]
    .filter((part) => part !== undefined)
    .map(String)
    .join(" + ");
  return `<h3>Prompt</h3><details><summary class="plain">What the version says to ${escapeHtml(model)}</summary><div class="parts">${messages.join("")}</div></details>`;
}

function numberText(value: number | null): string {
  if (value === null) return "–";
  return Number.isInteger(value) ? String(value) : formatScore(value);
}
