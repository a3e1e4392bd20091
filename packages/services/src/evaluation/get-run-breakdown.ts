import { setImmediate as nextTurn } from "node:timers/promises";
import { type CaseOutcome, LIMITS, type RunBreakdown } from "@assay/core";
import { listMeasuredRows, listResultRows, type MeasuredRow, type RunRow } from "@assay/store";
import type { Context } from "../context.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import type { VerbInput } from "../verb.ts";
import { requireRun } from "./get-run.ts";

const RESULTS_PER_PAGE = 2_000;
/** With their texts, which may be long. */
const REASONS_PER_PAGE = 100;
const SCORE_BINS = 20;
const LATENCY_BINS_MAX = 20;
const REASON_LENGTH_MAX = 300;
const REASONS_SHOWN_MAX = 20;
const KEYS_SHOWN_MAX = 5;

/**
 * A run's results by score, by latency and by why they have no score; of an unfinished run, those stored so far. Read
 * a page at a time, so that others are served in between.
 */
export async function getRunBreakdown(
  context: Context,
  { runId }: VerbInput<"getRunBreakdown">,
): Promise<RunBreakdown> {
  const run = await context.tenant.read((tx) => requireRun(context, tx, runId));
  return await oneAtATime(context.tenant.tenantId, async () => {
    const measured = await countMeasured(context, run);
    return { ...measured, reasons: await countReasons(context, run) };
  });
}

async function countMeasured(
  context: Context,
  run: RunRow,
): Promise<Pick<RunBreakdown, "scores" | "latencies">> {
  const scores = Array.from({ length: SCORE_BINS }, (_, at) => ({
    from: at / SCORE_BINS,
    to: (at + 1) / SCORE_BINS,
    passed: 0,
    notPassed: 0,
  }));
  const latenciesMs: number[] = [];
  for await (const { score, passed, latencyMs } of measuredRows(context, run)) {
    const bin = score === null ? undefined : scores[binOf(score)];
    if (bin !== undefined) bin[passed === true ? "passed" : "notPassed"]++;
    if (latencyMs !== null) latenciesMs.push(latencyMs);
  }
  return { scores, latencies: latencyBins(latenciesMs) };
}

async function* measuredRows(context: Context, run: RunRow): AsyncGenerator<MeasuredRow> {
  let after: { position: number; repeat: number } | undefined;
  for (;;) {
    const page = { runId: run.id, ...(after !== undefined && { after }), limit: RESULTS_PER_PAGE };
    const rows = await context.tenant.read((tx) => listMeasuredRows(tx, { ...page, withMetrics: false }));
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = { position: last.position, repeat: last.repeat };
  }
}

function binOf(score: number): number {
  // A score such as 0.15 lies a hair below its bin's end when divided.
  return Math.min(SCORE_BINS - 1, Math.floor(score * SCORE_BINS + 1e-9));
}

function latencyBins(latenciesMs: readonly number[]): RunBreakdown["latencies"] {
  if (latenciesMs.length === 0) return [];
  const longestMs = latenciesMs.reduce((longest, ms) => Math.max(longest, ms), 0);
  const widthMs = roundWidth(longestMs / LATENCY_BINS_MAX);
  const bins = Array.from({ length: Math.floor(longestMs / widthMs) + 1 }, (_, at) => ({
    fromMs: at * widthMs,
    toMs: (at + 1) * widthMs,
    count: 0,
  }));
  for (const ms of latenciesMs) {
    const bin = bins[Math.floor(ms / widthMs)];
    if (bin !== undefined) bin.count++;
  }
  return bins;
}

/** The next wider of 1, 2, 5, 10, 20, 50 …, at which people read a scale; the last bin holds the end of it. */
function roundWidth(atLeastMs: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, atLeastMs))));
  const step = [1, 2, 5].find((each) => each * power > atLeastMs);
  return (step ?? 10) * power;
}

async function countReasons(context: Context, run: RunRow): Promise<RunBreakdown["reasons"]> {
  const reasons = new Map<string, RunBreakdown["reasons"][number]>();
  for (const status of ["failed", "not_scored"] as const) {
    let after: { position: number; repeat: number } | undefined;
    for (let read = 0; read < LIMITS.breakdownReasonsReadMax; ) {
      const page = { runId: run.id, status, ...(after !== undefined && { after }), limit: REASONS_PER_PAGE };
      const rows = await context.tenant.read((tx) => listResultRows(tx, page));
      for (const { outcome, caseKey } of rows) addReason(reasons, { status, outcome, caseKey });
      await nextTurn();
      read += rows.length;
      const last = rows.at(-1);
      if (last === undefined) break;
      after = { position: last.position, repeat: last.repeat };
    }
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count).slice(0, REASONS_SHOWN_MAX);
}

function addReason(
  reasons: Map<string, RunBreakdown["reasons"][number]>,
  found: { status: "failed" | "not_scored"; outcome: CaseOutcome; caseKey: string },
): void {
  const { status, outcome, caseKey } = found;
  const reason = reasonOf(outcome).slice(0, REASON_LENGTH_MAX);
  const key = `${status} ${reason}`;
  const known = reasons.get(key) ?? { status, reason, count: 0, caseKeys: [] };
  reasons.set(key, known);
  known.count++;
  if (known.caseKeys.length < KEYS_SHOWN_MAX && !known.caseKeys.includes(caseKey))
    known.caseKeys.push(caseKey);
}

function reasonOf(outcome: CaseOutcome): string {
  if (outcome.status === "failed") return `${outcome.failure.code}: ${outcome.failure.message}`;
  return outcome.status === "not_scored" ? outcome.reason : "";
}
