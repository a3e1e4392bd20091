import { AppError, type TokenUsage } from "@assay/core";
import { executeCases, runCase } from "@assay/evaluator";
import { type ResultInsert, updateJob, updateRun } from "@assay/store";
import type { Platform } from "../context.ts";
import { costMicros } from "../serving/cost-micros.ts";
import { finishRun } from "./finish-run.ts";
import { type PendingCase, pendingCases } from "./pending-cases.ts";
import { ResultWriter } from "./result-writer.ts";
import { loadRunPlan, type RunPlan } from "./run-plan.ts";
import { scorerPorts } from "./scorer-ports.ts";
import { systemClock } from "./system-clock.ts";
import { wakeWorkers } from "./wake-workers.ts";
import { RunStopped, WorkerLease, type WorkerOptions } from "./worker-lease.ts";

const RETRY_AFTER_MS = 2_000;
/** What a case used that failed before anything was asked of the engine: known, and nothing. */
const NO_USAGE: TokenUsage = { promptTokens: 0, completionTokens: 0 };

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
  const writer = new ResultWriter(lease, runId, plan.done);
  const { datasetVersionId } = plan.run;
  const { repeats } = plan.suiteVersion.spec;
  const execution = executeCases({
    items: whileItsTurn(
      lease,
      pendingCases(platform.store.forTenant(tenantId), { runId, datasetVersionId, repeats }),
    ),
    run: async (item, signal) => writer.write(await executeCase(platform, plan, { item, signal })),
    signal: lease.signal,
  });
  try {
    for await (const _ of execution);
  } finally {
    // Also when a case threw or the run was stopped: what was answered has been paid for.
    await writer.flush();
  }
  if (lease.isSliceOver && writer.done < plan.run.total) throw new RunStopped("slice_over");
  await finishRun(platform, lease, plan);
}

/** Begins no more cases once the slice is over; those under way are finished, however long they take. */
async function* whileItsTurn(
  lease: WorkerLease,
  items: AsyncIterable<PendingCase>,
): AsyncGenerator<PendingCase> {
  for await (const item of items) {
    if (lease.isSliceOver) return;
    yield item;
  }
}

async function executeCase(
  platform: Platform,
  plan: RunPlan,
  { item, signal }: { item: PendingCase; signal: AbortSignal },
): Promise<ResultInsert> {
  const { run, suiteVersion, promptVersion, model, request } = plan;
  const { position, repeat, testCase } = item;
  const caseRun = await runCase({
    content: promptVersion.content,
    testCase,
    repeat,
    request,
    generate: (asked, call) => platform.engine.generate(asked, call),
    tenantId: run.tenantId,
    uses: suiteVersion.spec.scorers,
    passScore: suiteVersion.spec.passScore,
    ports: scorerPorts(platform, { tenantId: run.tenantId, runId: run.id, ownModel: model, signal }),
    costOf: (usage) => costMicros(model.price, usage),
    signal,
    clock: systemClock,
  });
  const { outcome, latencyMs } = caseRun;
  const usage = caseRun.attempts === 0 && !caseRun.reused ? NO_USAGE : caseRun.usage;
  return {
    runId: run.id,
    position,
    repeat,
    caseKey: testCase.key,
    tags: testCase.tags,
    group: testCase.group ?? null,
    status: outcome.status,
    score: outcome.status === "scored" ? outcome.score : null,
    passed: outcome.status === "scored" ? outcome.passed : null,
    outcome,
    latencyMs,
    promptTokens: usage?.promptTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    costMicros: costMicros(model.price, usage),
    judgeCostMicros: null,
    reused: false,
  };
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
