import type { Case, RunResult } from "@assay/core";
import {
  expectedOf,
  formatScore,
  inputOf,
  isPassed,
  outputOf,
  shortfallOf,
  shortfalls,
} from "../../eval/eval-report.ts";
import type { FinishedSuite, Flip } from "../../eval/report-schema.ts";
import { escapeHtml } from "./escape-html.ts";

const CASES_MAX = 1_000;
/** The first cases are shown whole, as far as a page can; of the others what tells them apart. */
const WHOLE_MAX = 200;
const FLIPS_MAX = 200;
const EXCERPT_LENGTH_MAX = 400;

const CHANGE = { broken: ["bad", "broke"], lost: ["unsure", "lost"], mended: ["good", "mended"] } as const;
const STATE = {
  passed: ["good", "passed"],
  below: ["bad", "below"],
  gap: ["unsure", "not scored"],
  error: ["bad", "no answer"],
} as const;

/** The cases that changed against the label's version, the broken ones first. */
export function flipList({ baseline, cases }: FinishedSuite): string {
  if (baseline === null) return "";
  const title = `<h3>Changed against version ${baseline.run.promptVersion}</h3>`;
  if (baseline.flips.length === 0) return `${title}<p class="soft">No case changed.</p>`;
  const rows = baseline.flips.slice(0, FLIPS_MAX).map((flip) => flipRow(flip, cases[flip.caseKey]));
  const left = baseline.flips.length - FLIPS_MAX;
  return title + rows.join("") + (left > 0 ? `<p class="soft">… and ${left} more.</p>` : "");
}

function flipRow({ caseKey, tags, change, before, after }: Flip, testCase: Case | undefined): string {
  const [style, word] = CHANGE[change];
  const score = scoreText(after);
  const sides = `<div class="two"><div>${part("Before", outputOf(before) ?? shortfallOf(before))}</div><div>${part("Now", outputOf(after) ?? shortfallOf(after))}</div></div>`;
  return `<details><summary>${badge(style, word)}<span class="key" dir="auto">${escapeHtml(caseKey)}</span><span class="number">${scoreText(before)} →</span><span class="number">${score}</span></summary><div class="parts">${tagList(tags)}${part("Input", inputOf(testCase))}${part("Expected", expectedOf(testCase))}${sides}</div></details>`;
}

/** Every result that fits, those that did not pass first, with what the scorers said; a script filters them. */
export function caseList(report: FinishedSuite): string {
  const results = [...shortfalls(report), ...report.results.filter(isPassed)];
  if (results.length === 0) return "";
  const rows = results
    .slice(0, CASES_MAX)
    .map((result, index) => caseRow(result, report.cases[result.caseKey], index));
  const states = Object.entries(STATE).map(
    ([state, [, word]]) => `<option value="${state}">${word}</option>`,
  );
  const filter = `<div class="filter" hidden><input type="search" aria-label="Find" placeholder="Find in cases"><select aria-label="Show"><option value="">all</option>${states.join("")}</select><span class="soft"></span></div>`;
  const left = results.length - CASES_MAX;
  const more = left > 0 ? `<p class="soft">… and ${left} more, which the JSON report has.</p>` : "";
  return `<section><h3>Cases</h3>${filter}${rows.join("")}${more}</section>`;
}

function caseRow(result: RunResult, testCase: Case | undefined, index: number): string {
  const state = stateOf(result);
  const [style, word] = STATE[state];
  const lengthMax = index < WHOLE_MAX ? undefined : EXCERPT_LENGTH_MAX;
  const name = result.repeat === 0 ? result.caseKey : `${result.caseKey} (repeat ${result.repeat})`;
  const latency = result.latencyMs === null ? "–" : `${Math.round(result.latencyMs)} ms`;
  const parts = [
    tagList(result.tags),
    part("Input", inputOf(testCase), lengthMax),
    part("Variables", variablesOf(testCase), lengthMax),
    part("Expected", expectedOf(testCase), lengthMax),
    part("Output", outputOf(result), lengthMax),
    part("Tool calls", toolCallsOf(result), lengthMax),
    state === "passed" ? "" : part("Why", shortfallOf(result), lengthMax),
    metricTable(result),
  ];
  return `<details class="case" data-state="${state}"><summary>${badge(style, word)}<span class="key" dir="auto">${escapeHtml(name)}</span><span class="number">${scoreText(result)}</span><span class="number soft">${latency}</span></summary><div class="parts">${parts.join("")}</div></details>`;
}

function metricTable({ outcome }: RunResult): string {
  if (outcome.status === "failed" || outcome.metrics.length === 0) return "";
  const rows = outcome.metrics.map(({ name, outcome: of }) => {
    const isScored = of.status === "scored";
    const reason = isScored ? (of.detail ?? "") : of.reason;
    return `<tr><td>${escapeHtml(name, 200)}</td><td class="number">${isScored ? formatScore(of.score) : "not scored"}</td><td dir="auto">${escapeHtml(reason, 1_000)}</td></tr>`;
  });
  return `<h4>Scorers</h4><table><tbody>${rows.join("")}</tbody></table>`;
}

function stateOf(result: RunResult): keyof typeof STATE {
  if (isPassed(result)) return "passed";
  if (result.outcome.status === "scored") return "below";
  return result.outcome.status === "failed" ? "error" : "gap";
}

function scoreText({ outcome }: RunResult): string {
  return outcome.status === "scored" ? formatScore(outcome.score) : "–";
}

/** Variables beside messages; where there are no messages they are the input already. */
function variablesOf(testCase: Case | undefined): string | undefined {
  if (testCase?.messages === undefined || testCase.variables === undefined) return undefined;
  return JSON.stringify(testCase.variables, null, 2);
}

function toolCallsOf({ outcome }: RunResult): string | undefined {
  const calls = outcome.status === "failed" ? undefined : outcome.toolCalls;
  return calls === undefined ? undefined : JSON.stringify(calls, null, 2);
}

function part(title: string, text: string | undefined, lengthMax?: number): string {
  return text === undefined ? "" : `<h4>${title}</h4><pre dir="auto">${escapeHtml(text, lengthMax)}</pre>`;
}

function tagList(tags: readonly string[]): string {
  if (tags.length === 0) return "";
  return `<p class="tags">${tags.map((tag) => `<span>${escapeHtml(tag, 64)}</span>`).join("")}</p>`;
}

export function badge(style: string, text: string): string {
  return `<span class="badge ${style}">${escapeHtml(text)}</span>`;
}
