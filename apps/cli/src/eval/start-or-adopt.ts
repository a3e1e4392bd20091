import type { Client } from "@assay/client";
import { type Run, type RunDraft, sameJson } from "@assay/core";

/** How many of the newest runs are looked at for one that is the same. */
const LOOKED_AT_MAX = 20;

/** A run that was started now, or one that somebody else started and that is the very same. */
export interface StartedRun {
  run: Run;
  isOurs: boolean;
}

/** What the run would be of; a version that is not known by its number is looked up by the server alone. */
interface Wanted {
  draft: RunDraft;
  suiteVersion: number;
  dataset: string;
}

/** Two jobs that want the very same measured share one run; a run that must ask the model anew is never shared. */
export async function startOrAdopt(client: Client, wanted: Wanted): Promise<StartedRun> {
  const same = await findSame(client, wanted);
  if (same !== undefined) return { run: same, isOurs: false };
  return { run: await client.startRun(wanted.draft), isOurs: true };
}

async function findSame(client: Client, { draft, suiteVersion, dataset }: Wanted): Promise<Run | undefined> {
  const { suite, version, reuse, rescoreOf, selection, budgetMicros = null, stopEarly = false } = draft;
  if (version === undefined || reuse === "never" || rescoreOf !== undefined) return undefined;
  const { items } = await client.listRuns({ suite, limit: LOOKED_AT_MAX });
  const active = items.filter(({ status }) => status === "queued" || status === "running");
  if (active.length === 0) return undefined;
  const { latestVersion } = await client.getDataset({ dataset });
  return active.find(
    (run) =>
      run.suiteVersion === suiteVersion &&
      run.promptVersion === version &&
      run.datasetVersion === latestVersion &&
      run.rescoreOf === null &&
      run.budgetMicros === budgetMicros &&
      run.stopEarly === stopEarly &&
      sameJson(run.selection, selection ?? null),
  );
}
