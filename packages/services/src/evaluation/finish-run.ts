import { setImmediate as nextTurn } from "node:timers/promises";
import { invariant } from "@assay/core";
import { type MeasuredRepeat, type RunTally, summarizeRun } from "@assay/evaluator";
import {
  countResults,
  insertVerdict,
  listMeasuredRows,
  type TenantStore,
  updateJob,
  updateRun,
} from "@assay/store";
import type { Platform } from "../context.ts";
import { judgeRun } from "./judge-run.ts";
import { measuredRepeatOf } from "./load-case-scores.ts";
import type { RunPlan } from "./run-plan.ts";
import type { WorkerLease } from "./worker-lease.ts";

/** Read within one turn: some milliseconds. */
const RESULTS_PER_PAGE = 100;

interface RunToFinish extends RunPlan {
  /** What this worker stored of it; all of it, unless another one began. */
  tally: RunTally;
}

/**
 * Summarizes a run whose results are complete, or that stopped early, and stores status, summary and verdict in one transaction, so that none
 * of them is ever seen without the others. The reading is done before it: results never change once they are there.
 */
export async function finishRun(platform: Platform, lease: WorkerLease, plan: RunToFinish): Promise<void> {
  const { run, suiteVersion, promptVersion, tally } = plan;
  // What is of a part of the cases is no evidence, and has no verdict.
  const gate = run.hashes.selection === null ? suiteVersion.spec.gate : undefined;
  const tenant = platform.store.forTenant(run.tenantId);
  const stored = await tenant.read((tx) => countResults(tx, run.id));
  invariant(
    run.stoppedEarly || stored === run.total,
    `a finished run has ${run.total} results and not ${stored}`,
  );
  const { passesMin } = suiteVersion.spec;
  const summary =
    tally.count === stored
      ? await tally.summary(passesMin, nextTurn)
      : await summarizeRun(streamResults(tenant, run.id), passesMin, nextTurn);
  const judged =
    gate === undefined
      ? undefined
      : await tenant.read((tx) => judgeRun(platform, tx, { run, suiteVersion, policy: gate }));
  const finishedAt = platform.now();

  await lease.write(async (tx, job) => {
    const { stoppedEarly } = run;
    await updateRun(tx, run.id, { status: "completed", done: stored, stoppedEarly, summary, finishedAt });
    if (gate !== undefined && judged !== undefined) {
      await insertVerdict(tx, {
        runId: run.id,
        promptVersionId: promptVersion.id,
        label: gate.label,
        suiteVersionId: suiteVersion.id,
        evidenceSha256: run.evidenceSha256,
        incumbentRunId: judged.incumbentRunId,
        ...judged.verdict,
        createdAt: finishedAt,
      });
    }
    await updateJob(tx, job.id, { status: "done", leasedBy: null, leasedUntil: null });
  });
}

async function* streamResults(tenant: TenantStore, runId: string): AsyncGenerator<MeasuredRepeat> {
  let after: { position: number; repeat: number } | undefined;
  for (;;) {
    const page = { runId, ...(after !== undefined && { after }), limit: RESULTS_PER_PAGE, withMetrics: true };
    const rows = await tenant.read((tx) => listMeasuredRows(tx, page));
    for (const row of rows) yield measuredRepeatOf(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < RESULTS_PER_PAGE) return;
    after = { position: last.position, repeat: last.repeat };
    // SQLite answers within the turn: without this a whole run would be read in one.
    await nextTurn();
  }
}
