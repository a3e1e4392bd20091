import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError, invariant, LIMITS } from "@assay/core";
import { type CaseIndex, RunColumns } from "@assay/evaluator";
import {
  type DatasetVersionRow,
  findRunParts,
  listMeasuredRows,
  listResultRows,
  type MeasuredRow,
  type ResultRow,
  type RunRow,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import { requireRun } from "./get-run.ts";

const SCORES_PER_PAGE = 2_000;
/** With their texts, which may be long. */
const RESULTS_PER_PAGE = 200;

/** Runs that can be held against each other, the baseline first. */
export interface ComparedRuns {
  runs: RunRow[];
  /** By run id: how many of a case's repeats must pass, where its suite says. */
  passesMinOf: Map<string, number | undefined>;
  datasetVersion: DatasetVersionRow;
}

/**
 * Finds the runs that a comparison names.
 * @param ids joined by commas
 * @throws AppError `not_found`; `scope_missing` for a run of a prompt that the key is not confined to;
 * `invalid_input` for runs over different cases, a run named twice, or more results than one comparison reads;
 * `conflict` for a run that is not completed
 */
export async function requireComparedRuns(
  context: Context,
  tx: TenantTx,
  ids: string,
): Promise<ComparedRuns> {
  const runs: RunRow[] = [];
  for (const id of ids.split(",")) runs.push(await requireRun(context, tx, id));
  if (new Set(runs.map(({ id }) => id)).size < runs.length) throw invalid("Name each run once.");
  const unfinished = runs.find(({ status }) => status !== "completed");
  if (unfinished !== undefined) {
    throw new AppError(
      "conflict",
      `The run ${unfinished.id} is ${unfinished.status}; compare completed runs.`,
    );
  }
  const [first] = runs;
  const partsOf = new Map<string, Awaited<ReturnType<typeof findRunParts>>>();
  for (const run of runs) partsOf.set(run.id, await findRunParts(tx, run));
  const datasetVersion = partsOf.get(first?.id ?? "")?.datasetVersion;
  invariant(datasetVersion !== undefined, "a run's dataset version cannot be removed before it");
  const other = runs.find(({ hashes }) => hashes.dataset !== first?.hashes.dataset);
  if (other !== undefined)
    throw invalid(
      `The run ${other.id} is over other cases than the first; compare runs over the same cases.`,
    );
  const results = runs.reduce((sum, { total }) => sum + total, 0);
  if (results > LIMITS.comparedResultsMax) {
    throw invalid(
      `These runs have ${results} results, and a comparison reads ${LIMITS.comparedResultsMax} at most; compare fewer runs.`,
    );
  }
  const passesMinOf = new Map([...partsOf].map(([id, parts]) => [id, parts?.suiteVersion.spec.passesMin]));
  return { runs, passesMinOf, datasetVersion };
}

function invalid(message: string): AppError {
  return new AppError("invalid_input", message, { param: "runs" });
}

/** What both ways of reading a result have. */
type ScoredRow = Pick<
  MeasuredRow,
  "position" | "caseKey" | "repeat" | "tags" | "group" | "status" | "score" | "passed"
>;

/** Where a run's results go. */
interface Columns {
  index: CaseIndex;
  /** Cases of the dataset. */
  capacity: number;
  passesMin: number | undefined;
}

/** A run's scores as columns; its outputs are not read. Each page is a transaction, so that others are served. */
export async function loadScoreColumns(
  context: Context,
  run: RunRow,
  { index, ...options }: Columns,
): Promise<RunColumns> {
  const columns = new RunColumns(index, options);
  let after: { position: number; repeat: number } | undefined;
  for (;;) {
    const page = { runId: run.id, ...(after !== undefined && { after }), limit: SCORES_PER_PAGE };
    const rows = await context.tenant.read((tx) => listMeasuredRows(tx, { ...page, withMetrics: false }));
    for (const row of rows) columns.add(repeatOf(row));
    await nextTurn();
    const last = rows.at(-1);
    if (last === undefined) break;
    after = { position: last.position, repeat: last.repeat };
  }
  columns.close();
  return columns;
}

/** The same with every metric, for which the stored outcomes are read and let go again page by page. */
export async function loadMetricColumns(
  context: Context,
  run: RunRow,
  { index, ...options }: Columns,
): Promise<RunColumns> {
  const columns = new RunColumns(index, options);
  let after: { position: number; repeat: number } | undefined;
  for (;;) {
    const page = { runId: run.id, ...(after !== undefined && { after }), limit: RESULTS_PER_PAGE };
    const rows = await context.tenant.read((tx) => listResultRows(tx, page));
    for (const row of rows) columns.add({ ...repeatOf(row), metrics: metricsOf(row) });
    await nextTurn();
    const last = rows.at(-1);
    if (last === undefined) break;
    after = { position: last.position, repeat: last.repeat };
  }
  columns.close();
  return columns;
}

function repeatOf({ position, caseKey, repeat, tags, group, status, score, passed }: ScoredRow) {
  const about = { position, caseKey, repeat, tags, group };
  return status === "scored" && score !== null
    ? { ...about, outcome: { status, score, passed: passed === true } }
    : { ...about, outcome: { status: status === "failed" ? ("failed" as const) : ("not_scored" as const) } };
}

/** Names and scores of a result's metrics; null where one could not judge. */
export function metricsOf({ outcome }: ResultRow): { name: string; score: number | null }[] {
  if (outcome.status === "failed") return [];
  return outcome.metrics.map(({ name, outcome: metric }) => ({
    name,
    score: metric.status === "scored" ? metric.score : null,
  }));
}
