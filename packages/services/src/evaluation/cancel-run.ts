import { AppError, holdsScope, invariant, type Run } from "@assay/core";
import { lockJobOfRun, type RunRow, type TenantTx, updateJob, updateRun } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { requireRun } from "./get-run.ts";
import { viewRun } from "./run-view.ts";
import { wakeWorkers } from "./wake-workers.ts";

/**
 * Stops a run: a waiting one at once, one that is carried out as soon as its worker's next heartbeat sees it. What is
 * finished stays; a run that has ended is left as it is.
 * @throws AppError `not_found`, `scope_missing` for another key's run
 */
export async function cancelRun(context: Context, { runId }: VerbInput<"cancelRun">): Promise<Run> {
  const run = await context.tenant.write(async (tx) => {
    const row = await requireRun(context, tx, runId);
    requireMayCancel(context, row);
    if (await requestCancel(context, tx, row.id)) {
      await tx.audit({ actor: actorOf(context), action: "run.cancel", object: row.id });
    }
    return await viewRun(tx, await requireRun(context, tx, runId));
  });
  // A run that waited for this one as its baseline need not wait any longer.
  wakeWorkers(context.platform.store);
  return run;
}

/** A chat app's key may stop what it started; what others measure is stopped by those who may edit. */
function requireMayCancel(context: Context, { startedBy }: RunRow): void {
  if (startedBy === actorOf(context) || holdsScope(context.caller.scopes, "edit")) return;
  throw new AppError("scope_missing", 'Stopping a run that another key started needs the scope "edit".');
}

/** Answers whether there was anything to stop. */
async function requestCancel(context: Context, tx: TenantTx, runId: string): Promise<boolean> {
  const job = await lockJobOfRun(tx, runId);
  invariant(job !== undefined, "every run has a job");
  if (job.status === "running") {
    if (job.cancelRequested) return false;
    await updateJob(tx, job.id, { cancelRequested: true });
    return true;
  }
  if (job.status !== "queued") return false;
  await updateJob(tx, job.id, { status: "done", cancelRequested: true });
  await updateRun(tx, runId, { status: "cancelled", finishedAt: context.platform.now() });
  return true;
}
