import type { Interval, Run, RunResult, Verdict } from "@assay/core";
import type { FinishedSuite, SuiteReport } from "../eval/report-schema.ts";

const HASH = "0".repeat(64);

export function anInterval(mean: number): Interval {
  return { mean, lower: Math.max(0, mean - 0.05), upper: Math.min(1, mean + 0.05) };
}

export const FAILED_VERDICT: Verdict = {
  outcome: "fail",
  clauses: [
    { clause: "minCases", outcome: "pass", value: 3, bound: 2, message: "3 cases were scored." },
    {
      clause: "minScore",
      outcome: "fail",
      value: 0.5,
      bound: 0.9,
      message: "The score is 0.5 of at least 0.9.",
    },
    {
      clause: "maxRegression",
      outcome: "inconclusive",
      value: null,
      bound: 0.02,
      message: "Not enough cases to tell.",
    },
  ],
};

export const PASSED_VERDICT: Verdict = {
  outcome: "pass",
  clauses: [{ clause: "minCases", outcome: "pass", value: 3, bound: 2, message: "3 cases were scored." }],
};

export function aRun(verdict: Verdict | null): Run {
  return {
    id: `run_${"1".repeat(32)}`,
    suite: "triage",
    suiteVersion: 1,
    prompt: "support",
    promptVersion: 3,
    dataset: "mails",
    datasetVersion: 2,
    status: "completed",
    progress: { total: 4, done: 4 },
    hashes: {
      promptVersion: HASH,
      model: HASH,
      adapter: null,
      dataset: HASH,
      suite: HASH,
      scorers: HASH,
      judges: null,
      selection: null,
      engineBuild: "test",
    },
    baselineRunId: null,
    summary: {
      cases: 4,
      scored: 2,
      notScored: 1,
      failed: 1,
      passed: 1,
      score: anInterval(0.5),
      metrics: [{ name: "exact", score: anInterval(0.5), notScored: 1 }],
      tags: [{ tag: "critical", cases: 2, score: anInterval(1) }],
      latencyP50Ms: 12.4,
      latencyP95Ms: 30,
      promptTokens: 120,
      completionTokens: 40,
      costMicros: 1_250,
    },
    verdict,
    selection: null,
    rescoreOf: null,
    budgetMicros: null,
    spentMicros: 0,
    reused: 0,
    stopEarly: false,
    stoppedEarly: false,
    power: null,
    error: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    finishedAt: "2026-01-01T00:01:00.000Z",
  };
}

export function aResult(caseKey: string, outcome: RunResult["outcome"]): RunResult {
  const tokens = {
    promptTokens: 30,
    completionTokens: 10,
    costMicros: 400,
    judgeCostMicros: null,
    reused: false,
  };
  return { caseKey, repeat: 0, tags: ["critical"], outcome, latencyMs: 12, ...tokens };
}

/** One passed case, one that scored nothing, one not scored, one without an answer. `text` stands for foreign text. */
export function aFinishedSuite(verdict: Verdict | null, text = "refund"): FinishedSuite {
  const metric = (score: number) => ({
    name: text,
    type: "exact-match",
    weight: 1,
    outcome: { status: "scored" as const, score },
  });
  return {
    status: "finished",
    file: "evals/airline/triage.yaml",
    suite: "triage",
    run: aRun(verdict),
    results: [
      aResult("air-1", { status: "scored", score: 1, passed: true, metrics: [metric(1)], output: text }),
      aResult(text, { status: "scored", score: 0, passed: false, metrics: [metric(0)], output: text }),
      aResult("air-3", { status: "not_scored", reason: text, metrics: [], output: text }),
      aResult("air-4", { status: "failed", failure: { code: "timeout", message: text } }),
    ],
    cases: {
      [text]: {
        key: text,
        tags: [],
        messages: [{ role: "user", content: `Where is my ${text}?` }],
        expected: { intent: text },
      },
    },
    content: { messages: [{ role: "system", content: `Say ${text}.` }], model: "tiny", sampling: {} },
    baseline: null,
    promotion: null,
    notes: [],
  };
}

export function aBrokenSuite(text = "There is no such prompt."): SuiteReport {
  return {
    status: "could_not_run",
    file: "evals/airline/b.yaml",
    suite: "b",
    message: text,
    details: [text],
  };
}

/** The same beside the label's version, against which one case broke and one was mended. */
export function aComparedSuite(verdict: Verdict | null, text = "refund"): FinishedSuite {
  const report = aFinishedSuite(verdict, text);
  const [good, bad] = report.results;
  if (good === undefined || bad === undefined) throw new Error("the sample has results");
  const run = { ...report.run, id: `run_${"2".repeat(32)}`, promptVersion: 2 };
  const power = {
    cases: 4,
    groups: 4,
    detectableDifference: 0.61,
    passChanceWhenEqual: 0.25,
    casesNeeded: 120,
    note: "Scores are taken to spread as in the earlier run.",
  };
  const flips = [
    { caseKey: text, tags: [text], change: "broken" as const, before: good, after: bad },
    { caseKey: "air-1", tags: [], change: "mended" as const, before: bad, after: good },
  ];
  return {
    ...report,
    run: { ...report.run, power },
    baseline: { run, flips },
    notes: [`A note about ${text}.`],
  };
}

export function aSkippedSuite(): SuiteReport {
  const message = "The prompt is what production holds already.";
  return { status: "skipped", file: "evals/airline/c.yaml", suite: "c", message };
}
