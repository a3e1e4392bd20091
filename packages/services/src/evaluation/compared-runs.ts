import { AppError, LIMITS } from "@assay/core";
import { type CaseIndex, RunColumns } from "@assay/evaluator";
import {
  type DatasetVersionRow,
  findRunParts,
  listResultRows,
  listScoreRows,
  type ResultRow,
  type RunRow,
  type ScoreRow,
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
  const parts = first && (await findRunParts(tx, first));
  if (parts === undefined) throw invalid("The baseline's dataset is gone.");
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
  return { runs, datasetVersion: parts.datasetVersion };
}

function invalid(message: string): AppError {
  return new AppError("invalid_input", message, { param: "runs" });
}

/** Where a run's results go. */
interface Columns {
  index: CaseIndex;
  /** Cases of the dataset. */
  capacity: number;
}

/** A run's scores as columns; its outputs are not read. Each page is a transaction, so that others are served. */
export async function loadScoreColumns(
  context: Context,
  run: RunRow,
  { index, capacity }: Columns,
): Promise<RunColumns> {
  const columns = new RunColumns(index, capacity);
  // Positions count from 0, so a run of `total` results has none beyond the dataset's last case.
  for (let start = 0; start < capacity; start += SCORES_PER_PAGE) {
    const range = { runId: run.id, fromPosition: start, toPosition: start + SCORES_PER_PAGE };
    const rows = await context.tenant.read((tx) => listScoreRows(tx, range));
    for (const row of rows) columns.add(repeatOf(row));
  }
  columns.close();
  return columns;
}

/** The same with every metric, for which the stored outcomes are read and let go again page by page. */
export async function loadMetricColumns(
  context: Context,
  run: RunRow,
  { index, capacity }: Columns,
): Promise<RunColumns> {
  const columns = new RunColumns(index, capacity);
  let after: { position: number; repeat: number } | undefined;
  for (;;) {
    const page = { runId: run.id, ...(after !== undefined && { after }), limit: RESULTS_PER_PAGE };
    const rows = await context.tenant.read((tx) => listResultRows(tx, page));
    for (const row of rows) columns.add({ ...repeatOf(row), metrics: metricsOf(row) });
    const last = rows.at(-1);
    if (last === undefined) break;
    after = { position: last.position, repeat: last.repeat };
  }
  columns.close();
  return columns;
}

function repeatOf({ position, caseKey, repeat, tags, group, status, score, passed }: ScoreRow) {
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
