import { AppError, type EvidenceHashes, LIMITS, notFound, type Run, type RunDraft } from "@assay/core";
import {
  countQueuedJobs,
  findNewestRun,
  findPromptBySlug,
  findPromptVersion,
  insertJob,
  insertRun,
  type PromptVersionRow,
  type RunRow,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import { requireLabelAccess, requirePromptAccess } from "../confinement.ts";
import { actorOf, type Context } from "../context.ts";
import { LATEST, resolveLabel } from "../promotion/resolve-label.ts";
import type { VerbInput } from "../verb.ts";
import { type EvidenceParts, evidenceHashes, evidenceSha256, withModelAndJudges } from "./evidence-hashes.ts";
import { findCases } from "./find-cases.ts";
import { findDecidingRun } from "./find-deciding-run.ts";
import { findSuite } from "./find-suite.ts";
import { comparableEvidence, findIncumbent } from "./judge-run.ts";
import { requireBoundedCost } from "./require-bounded-cost.ts";
import { requireSameOutputs } from "./require-same-outputs.ts";
import { type RunScope, resolveScope, scopedHashes } from "./run-scope.ts";
import { viewRun } from "./run-view.ts";
import { wakeWorkers } from "./wake-workers.ts";

/**
 * Queues a run of a suite on its dataset, the newest versions of both unless others are named. When the gate's label
 * holds another version that was not measured on the same things yet, its run is queued with it, and is carried out
 * first.
 */
export async function startRun(context: Context, input: VerbInput<"startRun">): Promise<Run> {
  if (input.version !== undefined && input.label !== undefined) {
    throw new AppError("invalid_input", "Name the version by its number or by a label, not by both.");
  }
  // Walks the cases where only some are wanted, so it must not hold the writer.
  const scope = await context.tenant.read((tx) => resolveScope(context, tx, input));
  const run = await context.tenant.write(async (tx) => {
    const parts = await findRunnable(context, tx, scope.draft);
    requireRunnable(parts, scope);
    await refuseFullQueue(tx);
    const row = await queueWithBaseline(context, tx, { parts, scope });
    return await viewRun(tx, row);
  });
  wakeWorkers(context.platform.store);
  return run;
}

async function findRunnable(context: Context, tx: TenantTx, draft: RunDraft): Promise<EvidenceParts> {
  const suiteVersion = await findSuite(tx, draft);
  requirePromptAccess(context, suiteVersion.spec.prompt);
  const promptVersion = await findVersion(context, tx, { suiteVersion, draft });
  const datasetVersion = await findCases(tx, { suiteVersion, number: draft.datasetVersion });
  return await withModelAndJudges(context.platform, tx, { promptVersion, suiteVersion, datasetVersion });
}

/** What the options of a draft ask of the version and the suite. */
function requireRunnable(parts: EvidenceParts, { draft, source }: RunScope): void {
  if (source !== null) requireSameOutputs(parts, source);
  if (draft.budgetMicros !== undefined) requireBoundedCost(parts, source);
  if (draft.stopEarly === true && parts.suiteVersion.spec.gate === undefined) {
    throw new AppError(
      "invalid_input",
      "Without a gate there is nothing to stop early for; give the suite a gate.",
    );
  }
  if (draft.stopEarly === true && (draft.selection !== undefined || source !== null)) {
    throw new AppError(
      "invalid_input",
      "Only a run of the whole dataset that asks the model can stop early.",
    );
  }
}

async function findVersion(
  context: Context,
  tx: TenantTx,
  { suiteVersion, draft }: { suiteVersion: SuiteVersionRow; draft: RunDraft },
): Promise<PromptVersionRow> {
  // Held until the commit: two starts at once would both find no baseline and queue it twice.
  const prompt = await findPromptBySlug(tx, suiteVersion.spec.prompt, true);
  if (prompt === undefined) throw notFound("prompt");
  const { labels } = context.caller;
  if (labels !== null && draft.label === undefined) {
    throw new AppError("scope_missing", "This key is confined to labels; name the version by one of them.");
  }
  if (draft.version !== undefined) {
    const version = await findPromptVersion(tx, prompt.id, draft.version);
    if (version === undefined) throw notFound("version");
    return version;
  }
  if (draft.label !== undefined) requireLabelAccess(context, draft.label);
  const now = context.platform.now();
  return await resolveLabel(tx, { promptId: prompt.id, label: draft.label ?? LATEST, now });
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
  const baselineRunId = await ensureBaseline(context, tx, { parts, hashes, scope });
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

/** The run that the gate will compare with; null without a gate or without another version to compare with. */
async function ensureBaseline(
  context: Context,
  tx: TenantTx,
  { parts, hashes, scope }: { parts: EvidenceParts; hashes: EvidenceHashes; scope: RunScope },
): Promise<string | null> {
  const { suiteVersion, promptVersion } = parts;
  const { gate } = suiteVersion.spec;
  // What is no evidence gets no verdict, and has nothing to be compared with.
  if (gate === undefined || hashes.selection !== null) return null;
  const incumbent = await findIncumbent(tx, { promptId: suiteVersion.promptId, label: gate.label });
  if (incumbent === undefined || incumbent.id === promptVersion.id) return null;
  const baselineHashes = await comparableEvidence(context.platform, tx, { version: incumbent, hashes });
  const wanted = {
    suiteId: suiteVersion.suiteId,
    promptVersionId: incumbent.id,
    evidenceSha256: evidenceSha256(baselineHashes),
  };
  const deciding = await findDecidingRun(tx, { ...wanted, errorsMax: gate.maxErrors });
  if (deciding?.isMeasured) return deciding.run.id;
  const unfinished = await findNewestRun(tx, {
    ...wanted,
    statuses: ["queued", "running"],
    stopEarly: false,
  });
  if (unfinished !== undefined) return unfinished.id;
  const baseline = {
    parts: { ...parts, promptVersion: incumbent },
    hashes: baselineHashes,
    // Others are compared with it as well, so it is measured on every case, and what was measured first counts.
    scope: {
      ...scope,
      draft: { ...scope.draft, stopEarly: false, reuse: "always" as const },
      source: null,
      rescoreOf: null,
    },
    baselineRunId: null,
  };
  return (await queueRun(context, tx, baseline)).id;
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
