import { AppError, type EvidenceHashes, type GenerateRequest, invariant } from "@assay/core";
import {
  countResults,
  findRun,
  findRunParts,
  type PromptVersionRow,
  type RunRow,
  type ServableModel,
  type SuiteVersionRow,
} from "@assay/store";
import type { Platform } from "../context.ts";
import { engineTarget } from "../serving/engine-target.ts";
import type { AnswererHashes } from "./answer-key.ts";
import { changedHashes, evidenceHashes, withModelAndJudges } from "./evidence-hashes.ts";
import { PinnedAsked } from "./pinned-asked.ts";
import { selectPositions } from "./select-positions.ts";

/** Everything a worker needs to carry out a run, read once. */
export interface RunPlan {
  run: RunRow;
  suiteVersion: SuiteVersionRow;
  promptVersion: PromptVersionRow;
  model: ServableModel;
  /** What the version makes of a request, but for the messages of a case; null where stored outputs are scored. */
  request: Omit<GenerateRequest, "input"> | null;
  /** The places of the cases, in the order in which they are done; null for all of them in their own order. */
  positions: readonly number[] | null;
  /** What answers, by content. */
  answerer: AnswererHashes;
  /** What the scorers ask, by content. */
  asked: PinnedAsked;
  /** Results stored by earlier attempts. */
  done: number;
}

/**
 * @throws AppError when the version's model cannot be reached, `connection_unusable` for one; `conflict` when the run
 * would no longer measure what it was queued for, because a connection or this very program has changed since.
 */
export async function loadRunPlan(
  platform: Platform,
  { tenantId, runId }: { tenantId: string; runId: string },
): Promise<RunPlan> {
  const tenant = platform.store.forTenant(tenantId);
  return await tenant.read(async (tx) => {
    const run = await findRun(tx, runId);
    const parts = run && (await findRunParts(tx, run));
    invariant(run !== undefined && parts !== undefined, "a job's run and its parts exist");
    const { suiteVersion, promptVersion } = parts;
    const whole = await withModelAndJudges(platform, tx, parts);
    const { model } = whole;
    requireUnchanged(run, evidenceHashes(platform, whole));
    const asked = await PinnedAsked.read(platform, tx, suiteVersion.spec.scorers);
    const request = run.rescoreOf === null ? requestOf(platform, { tenantId, promptVersion, model }) : null;
    const { selection, datasetVersionId } = run;
    const positions = selection === null ? null : await selectPositions(tx, { datasetVersionId, selection });
    const done = await countResults(tx, runId);
    const { hashes } = run;
    const answerer = { model: hashes.model, adapter: hashes.adapter, engineBuild: hashes.engineBuild };
    return { run, suiteVersion, promptVersion, model, request, positions, answerer, asked, done };
  });
}

function requestOf(
  platform: Platform,
  { tenantId, promptVersion, model }: Pick<RunPlan, "promptVersion" | "model"> & { tenantId: string },
): RunPlan["request"] {
  const { adapterSha256, content } = promptVersion;
  const target = engineTarget(platform, { tenantId, model, adapterSha256 });
  const { sampling, responseFormat, tools } = content;
  return { target, sampling, responseFormat, tools };
}

function requireUnchanged(run: RunRow, today: EvidenceHashes): void {
  const { selection, promptVersion, model, adapter, engineBuild } = run.hashes;
  // What made the outputs that are scored again is no matter of today.
  const now = {
    ...today,
    selection,
    ...(run.rescoreOf !== null && { promptVersion, model, adapter, engineBuild }),
  };
  const changed = changedHashes(run.hashes, now);
  if (changed.length === 0) return;
  throw new AppError(
    "conflict",
    `Since the run was started ${changed.join(", ")} changed, so its results would not belong together. Start it again.`,
  );
}
