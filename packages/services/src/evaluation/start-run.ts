import { AppError, type EvidenceHashes, LIMITS, notFound, type Run, type RunDraft } from "@assay/core";
import {
  countQueuedJobs,
  findNewestRun,
  findNewestSuiteVersion,
  findPromptBySlug,
  findPromptVersion,
  findSuiteBySlug,
  findSuiteVersion,
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
import { comparableEvidence, findIncumbent } from "./judge-run.ts";
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
  const run = await context.tenant.write(async (tx) => {
    const parts = await findRunnable(context, tx, input);
    await refuseFullQueue(tx);
    const row = await queueWithBaseline(context, tx, { parts, draft: input });
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

async function findSuite(tx: TenantTx, draft: RunDraft): Promise<SuiteVersionRow> {
  const suite = await findSuiteBySlug(tx, draft.suite);
  if (suite === undefined) throw notFound("suite");
  const { suiteVersion: number } = draft;
  const row =
    number === undefined
      ? await findNewestSuiteVersion(tx, suite.id)
      : await findSuiteVersion(tx, suite.id, number);
  if (row === undefined) throw notFound(number === undefined ? "suite" : "suite version");
  return row;
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
  { parts, draft }: { parts: EvidenceParts; draft: RunDraft },
): Promise<RunRow> {
  const hashes = evidenceHashes(context.platform, parts);
  const baselineRunId = await ensureBaseline(context, tx, { parts, hashes, draft });
  const row = await queueRun(context, tx, { parts, hashes, draft, baselineRunId });
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
  { parts, hashes, draft }: { parts: EvidenceParts; hashes: EvidenceHashes; draft: RunDraft },
): Promise<string | null> {
  const { suiteVersion, promptVersion } = parts;
  const { gate } = suiteVersion.spec;
  if (gate === undefined) return null;
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
  const unfinished = await findNewestRun(tx, { ...wanted, statuses: ["queued", "running"] });
  if (unfinished !== undefined) return unfinished.id;
  const baseline = {
    parts: { ...parts, promptVersion: incumbent },
    hashes: baselineHashes,
    draft,
    baselineRunId: null,
  };
  return (await queueRun(context, tx, baseline)).id;
}

interface QueuedRun {
  parts: Pick<EvidenceParts, "promptVersion" | "suiteVersion" | "datasetVersion">;
  hashes: EvidenceHashes;
  draft: RunDraft;
  baselineRunId: string | null;
}

async function queueRun(context: Context, tx: TenantTx, run: QueuedRun): Promise<RunRow> {
  const { promptVersion, suiteVersion, datasetVersion } = run.parts;
  const { reuse = "always", budgetMicros = null, concurrency = null } = run.draft;
  const now = context.platform.now();
  const row = await insertRun(tx, {
    suiteVersionId: suiteVersion.id,
    promptVersionId: promptVersion.id,
    datasetVersionId: datasetVersion.id,
    baselineRunId: run.baselineRunId,
    hashes: run.hashes,
    evidenceSha256: evidenceSha256(run.hashes),
    total: datasetVersion.caseCount * suiteVersion.spec.repeats,
    reuse,
    budgetMicros,
    concurrency,
    startedBy: actorOf(context),
    createdAt: now,
  });
  await insertJob(tx, { runId: row.id, now });
  return row;
}
