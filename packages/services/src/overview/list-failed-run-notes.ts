import { type Attention, DAY_MS, invariant, LIMITS } from "@assay/core";
import { findNewestRun, listFailedRuns, nameRuns, type RunRow, type TenantTx } from "@assay/store";
import type { Context } from "../context.ts";
import { cut, type Looked } from "./looked.ts";

/** Runs of the last days that failed, unless the same suite has been run on the same version since. */
export async function listFailedRunNotes(
  { platform }: Context,
  tx: TenantTx,
  promptIds: readonly string[] | null,
): Promise<Looked> {
  const max = LIMITS.overviewItemsMax;
  const since = new Date(platform.now().getTime() - LIMITS.overviewFailedRunDays * DAY_MS);
  const rows = await listFailedRuns(tx, { promptIds, since, limit: max + 1 });
  const names = await nameRuns(tx, rows);
  const notes: Attention[] = [];
  for (const row of rows) {
    const named = names.get(row.id);
    invariant(named !== undefined, "what a run was made of cannot be removed");
    if (await wasRepeated(tx, row, named.suiteId)) continue;
    notes.push({
      kind: "failed_run",
      runId: row.id,
      suite: named.suite,
      prompt: named.prompt,
      version: named.promptVersion,
      error: row.error,
      failedAt: (row.finishedAt ?? row.createdAt).toISOString(),
    });
  }
  return { ...cut(notes, max), isPart: rows.length > max };
}

async function wasRepeated(tx: TenantTx, run: RunRow, suiteId: string): Promise<boolean> {
  const { promptVersionId } = run;
  const newer = await findNewestRun(tx, {
    suiteId,
    promptVersionId,
    statuses: ["queued", "running", "completed"],
  });
  return newer !== undefined && newer.id > run.id;
}
