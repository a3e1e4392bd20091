import { AppError } from "@assay/core";
import { executeCases } from "@assay/evaluator";
import { updateJob, updateRun } from "@assay/store";
import type { Platform } from "../context.ts";
import { EarlyStop } from "./early-stop.ts";
import { executeCase, type FinishedCase } from "./execute-case.ts";
import { finishRun } from "./finish-run.ts";
import { type PendingCase, pendingCases } from "./pending-cases.ts";
import { ResultWriter } from "./result-writer.ts";
import { openRunMeans, type RunMeans } from "./run-means.ts";
import { loadRunPlan, type RunPlan } from "./run-plan.ts";
import { storeRunPower } from "./store-run-power.ts";
import { wakeWorkers } from "./wake-workers.ts";
import { RunStopped, WorkerLease, type WorkerOptions } from "./worker-lease.ts";

const RETRY_AFTER_MS = 2_000;

/**
 * Claims the next due run and carries it out, or goes on with one that another worker left. Answers whether there was
 * one. A refusal (a connection without a secret) fails the run; a fault of ours is thrown after the run was handed
 * back to be tried again, and a run that was tried too often is failed by the next claim.
 */
export async function executeNextRun(platform: Platform, options: WorkerOptions): Promise<boolean> {
  const lease = await WorkerLease.claim(platform, options);
  if (lease === undefined) return false;
  try {
    await executeRun(platform, lease);
  } catch (error) {
    await settleUnfinished(platform, lease, lease.signal.aborted ? lease.signal.reason : error);
  } finally {
    lease.end();
    // A run that waited for this one as its baseline is due now.
    wakeWorkers(platform.store);
  }
  return true;
}

async function executeRun(platform: Platform, lease: WorkerLease): Promise<void> {
  await lease.write(async (_tx, job) => {
    if (job.cancelRequested) throw new RunStopped("cancelled");
  });
  const { tenantId, runId } = lease.lease;
  const plan = await loadRunPlan(platform, { tenantId, runId });
  await storeRunPower(platform, lease, plan);
  const means = openRunMeans(platform, plan);
  const writer = new ResultWriter(lease, plan, means.memory);
  const earlyStop = await EarlyStop.open(platform, plan);
  const { datasetVersionId } = plan.run;
  const { repeats } = plan.suiteVersion.spec;
  const positions = earlyStop.positions ?? plan.positions;
  const execution = executeCases({
    items: whileItsTurn(
      { lease, means, earlyStop },
      pendingCases(platform.store.forTenant(tenantId), {
        runId,
        datasetVersionId,
        repeats,
        done: plan.done,
        positions,
      }),
    ),
    run: (item, signal) => executeAndStore(platform, { plan, means, writer, earlyStop, item, signal }),
    concurrency: means.casesInWork,
    signal: lease.signal,
  });
  try {
    for await (const _ of execution);
  } finally {
    // Also when a case threw or the run was stopped: what was answered has been paid for.
    await writer.flush();
  }
  if (lease.isCancelled && writer.done < plan.run.total) throw new RunStopped("cancelled");
  const stoppedEarly = earlyStop.isDecided && writer.done < plan.run.total;
  if (!stoppedEarly && lease.isSliceOver && writer.done < plan.run.total) throw new RunStopped("slice_over");
  await finishRun(platform, lease, {
    ...plan,
    run: { ...plan.run, stoppedEarly },
    tally: writer.tally,
  });
}

interface CaseToStore {
  plan: RunPlan;
  means: RunMeans;
  writer: ResultWriter;
  earlyStop: EarlyStop;
  item: PendingCase;
  signal: AbortSignal;
}

/** Where money is counted, what a case reserved is given back only when what it spent is on disk. */
async function executeAndStore(
  platform: Platform,
  { writer, earlyStop, ...work }: CaseToStore,
): Promise<void> {
  const { budget } = work.means;
  const share = budget.open();
  const place = work.means.asking.open();
  let finished: FinishedCase | undefined;
  try {
    finished = await executeCase({ platform, ...work, share, place });
    await writer.write(finished);
    earlyStop.add(finished.row);
    if (work.plan.run.budgetMicros !== null) await writer.flush();
  } finally {
    if (finished === undefined) writer.charge(share.spentMicros);
    budget.settle(share);
    place.leave();
  }
}

/**
 * Begins no more cases once the slice is over, the run is cancelled or the gate is decided; those under way are finished, however long they
 * take.
 */
async function* whileItsTurn(
  { lease, means, earlyStop }: { lease: WorkerLease; means: RunMeans; earlyStop: EarlyStop },
  items: AsyncIterable<PendingCase>,
): AsyncGenerator<PendingCase> {
  for await (const item of items) {
    await means.beginning.take(lease.lease.tenantId);
    if (lease.isSliceOver || lease.isCancelled || earlyStop.isDecided) return;
    yield item;
  }
}

async function settleUnfinished(platform: Platform, lease: WorkerLease, error: unknown): Promise<void> {
  if (error instanceof RunStopped) {
    if (error.why === "cancelled") await endRun(platform, lease, { status: "cancelled", error: null });
    if (error.why === "shutdown" || error.why === "slice_over")
      await handBack(platform, lease, { afterMs: 0, countsAsAttempt: false });
    return;
  }
  if (error instanceof AppError) {
    await endRun(platform, lease, { status: "failed", error: error.message });
    return;
  }
  await handBack(platform, lease, { afterMs: RETRY_AFTER_MS, countsAsAttempt: true });
  throw error;
}

async function endRun(
  platform: Platform,
  lease: WorkerLease,
  ending: { status: "cancelled" | "failed"; error: string | null },
): Promise<void> {
  await whileLeased(lease, async () => {
    await lease.write(async (tx, job) => {
      await updateRun(tx, lease.lease.runId, { ...ending, finishedAt: platform.now() });
      const status = ending.status === "failed" ? "failed" : "done";
      await updateJob(tx, job.id, { status, leasedBy: null, leasedUntil: null });
    });
  });
}

/** Another worker goes on with it; the run stays as far as it got. */
async function handBack(
  platform: Platform,
  lease: WorkerLease,
  { afterMs, countsAsAttempt }: { afterMs: number; countsAsAttempt: boolean },
): Promise<void> {
  await whileLeased(lease, async () => {
    await lease.write(async (tx, job) => {
      await updateRun(tx, lease.lease.runId, { status: "queued" });
      await updateJob(tx, job.id, {
        status: "queued",
        attempts: countsAsAttempt ? job.attempts : job.attempts - 1,
        runAfter: new Date(platform.now().getTime() + afterMs),
        leasedBy: null,
        leasedUntil: null,
      });
    });
  });
}

/** Who lost the lease has nothing left to write. */
async function whileLeased(lease: WorkerLease, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof RunStopped)) throw error;
  }
  lease.end();
}
