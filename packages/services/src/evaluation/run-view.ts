import { invariant, type Run, type RunResult, type Verdict } from "@assay/core";
import {
  listVerdictsOfRuns,
  nameRuns,
  type ResultRow,
  type RunRow,
  type TenantTx,
  type VerdictRow,
} from "@assay/store";

/** Runs as the contract shows them, in the order given. */
export async function viewRuns(tx: TenantTx, rows: readonly RunRow[]): Promise<Run[]> {
  const names = await nameRuns(tx, rows);
  // A run ends and gets its verdict in one transaction: before, there is none to look for.
  const ended = rows.filter(({ id, status }) => isEnded(status) && names.get(id)?.hasGate === true);
  const verdicts = await listVerdictsOfRuns(
    tx,
    ended.map((row) => row.id),
  );
  return rows.map((row) => {
    const named = names.get(row.id);
    invariant(named !== undefined, "a run's suite, version and dataset cannot be removed before it");
    const { hasGate, ...about } = named;
    return {
      id: row.id,
      suite: about.suite,
      suiteVersion: about.suiteVersion,
      prompt: about.prompt,
      promptVersion: about.promptVersion,
      dataset: about.dataset,
      datasetVersion: about.datasetVersion,
      status: row.status,
      progress: { total: row.total, done: row.done },
      hashes: row.hashes,
      baselineRunId: row.baselineRunId,
      summary: row.summary,
      // The oldest is the one decided when the run finished; the later ones are of promotions.
      verdict: hasGate ? verdictOf(verdicts.get(row.id)?.[0]) : null,
      selection: row.selection,
      rescoreOf: row.rescoreOf,
      budgetMicros: row.budgetMicros,
      spentMicros: row.spentMicros,
      reused: row.reused,
      stopEarly: row.stopEarly,
      stoppedEarly: row.stoppedEarly,
      power: row.power,
      error: row.error,
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
    };
  });
}

export async function viewRun(tx: TenantTx, row: RunRow): Promise<Run> {
  const [run] = await viewRuns(tx, [row]);
  invariant(run !== undefined, "one row is one run");
  return run;
}

function isEnded(status: RunRow["status"]): boolean {
  return status !== "queued" && status !== "running";
}

function verdictOf(row: VerdictRow | undefined): Verdict | null {
  return row === undefined ? null : { outcome: row.outcome, clauses: row.clauses };
}

export function viewResult(row: ResultRow): RunResult {
  const { caseKey, repeat, tags, outcome, latencyMs, reused } = row;
  const { promptTokens, completionTokens, costMicros, judgeCostMicros } = row;
  return {
    caseKey,
    repeat,
    tags,
    outcome,
    latencyMs,
    promptTokens,
    completionTokens,
    costMicros,
    judgeCostMicros,
    reused,
  };
}
