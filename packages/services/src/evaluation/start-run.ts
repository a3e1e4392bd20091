import { AppError, type EvidenceHashes, LIMITS, type Run } from "@assay/core";
import { countQueuedJobs, insertJob, insertRun, type RunRow, type TenantTx } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { type EvidenceParts, evidenceHashes, evidenceSha256 } from "./evidence-hashes.ts";
import { type Baseline, findBaselines } from "./find-baselines.ts";
import { findRunnable } from "./find-runnable.ts";
import { type RunScope, resolveScope, scopedHashes } from "./run-scope.ts";
import { viewRun } from "./run-view.ts";
import { wakeWorkers } from "./wake-workers.ts";

/**
 * Queues a run of a suite on its dataset, the newest versions of both unless others are named. When the gate's label
 * holds another version that was not measured on the same things yet, its run is queued with it, and is carried out
 * first.
 */
export async function startRun(context: Context, input: VerbInput<"startRun">): Promise<Run> {
  // Walks the cases where only some are wanted, so it must not hold the writer.
  const scope = await context.tenant.read((tx) => resolveScope(context, tx, input));
  const run = await context.tenant.write(async (tx) => {
    // Held until the commit: two starts at once would both find no baseline and queue it twice.
    const parts = await findRunnable(context, tx, { scope, lock: true });
    await refuseFullQueue(tx);
    const row = await queueWithBaseline(context, tx, { parts, scope });
    return await viewRun(tx, row);
  });
  wakeWorkers(context.platform.store);
  return run;
}

async function refuseFullQueue(tx: TenantTx): Promise<void> {
  if ((await countQueuedJobs(tx)) >= LIMITS.runsQueuedPerTenantMax) {
    throw new AppError(
      "queue_full",
      `${LIMITS.runsQueuedPerTenantMax} runs are waiting already. Wait for some to finish, or cancel them.`,
    );
  }
}

async function queueWithBaseline(
  context: Context,
  tx: TenantTx,
  { parts, scope }: { parts: EvidenceParts; scope: RunScope },
): Promise<RunRow> {
  const hashes = scopedHashes(evidenceHashes(context.platform, parts), scope);
  const baselineRunId = await ensureBaselines(context, tx, { parts, hashes, scope });
  const row = await queueRun(context, tx, { parts, hashes, scope, baselineRunId });
  const { suiteVersion, promptVersion } = parts;
  await tx.audit({
    actor: actorOf(context),
    action: "run.start",
    object: row.id,
    details: {
      prompt: suiteVersion.spec.prompt,
      version: promptVersion.version,
      suiteVersionId: suiteVersion.id,
      baselineRunId,
    },
  });
  return row;
}

interface RunParts {
  parts: EvidenceParts;
  hashes: EvidenceHashes;
  scope: RunScope;
}

/**
 * Queues what the gate will compare with and what was not measured yet. Answers the run that is waited for, of the
 * version that the label holds; null without a gate or without another version. What was rolled back comes before it
 * in the queue.
 */
async function ensureBaselines(context: Context, tx: TenantTx, run: RunParts): Promise<string | null> {
  const [held, ...others] = await findBaselines(context.platform, tx, run);
  if (held === undefined) return null;
  for (const other of others) await ensureBaseline(context, tx, { ...run, baseline: other });
  return await ensureBaseline(context, tx, { ...run, baseline: held });
}

async function ensureBaseline(
  context: Context,
  tx: TenantTx,
  { parts, scope, baseline }: RunParts & { baseline: Baseline },
): Promise<string> {
  if (baseline.runId !== null) return baseline.runId;
  const run = {
    parts: { ...parts, promptVersion: baseline.incumbent },
    hashes: baseline.hashes,
    // Others are compared with it as well, so it is measured on every case, and what was measured first counts.
    scope: {
      ...scope,
      draft: { ...scope.draft, stopEarly: false, reuse: "always" as const },
      source: null,
      rescoreOf: null,
    },
    baselineRunId: null,
  };
  return (await queueRun(context, tx, run)).id;
}

interface QueuedRun {
  parts: Pick<EvidenceParts, "promptVersion" | "suiteVersion" | "datasetVersion">;
  hashes: EvidenceHashes;
  scope: RunScope;
  baselineRunId: string | null;
}

async function queueRun(context: Context, tx: TenantTx, run: QueuedRun): Promise<RunRow> {
  const { promptVersion, suiteVersion, datasetVersion } = run.parts;
  const { draft, selection, rescoreOf, caseCount = datasetVersion.caseCount } = run.scope;
  const { reuse = "always", budgetMicros = null, concurrency = null } = draft;
  const now = context.platform.now();
  const row = await insertRun(tx, {
    suiteVersionId: suiteVersion.id,
    promptVersionId: promptVersion.id,
    datasetVersionId: datasetVersion.id,
    baselineRunId: run.baselineRunId,
    hashes: run.hashes,
    evidenceSha256: evidenceSha256(run.hashes),
    total: caseCount * suiteVersion.spec.repeats,
    selection,
    rescoreOf,
    reuse,
    budgetMicros,
    concurrency,
    stopEarly: draft.stopEarly ?? false,
    startedBy: actorOf(context),
    createdAt: now,
  });
  await insertJob(tx, { runId: row.id, now });
  return row;
}
