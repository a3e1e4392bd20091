import type { RunStatus } from "@assay/core";
import { listRunRows, type RunRow, type TenantTx } from "@assay/store";

const RUNS_PER_PAGE = 100;

/** Also what a cancelled or failed run stored was seen, and could be why it was cancelled. */
const ANY_STATUS: RunStatus[] = ["queued", "running", "completed", "failed", "cancelled"];

/**
 * Are these the outputs that the version gave first on these cases? Later ones are as true, but who scores or draws
 * them again may have looked at several and taken the luckiest. A run that reuses answers is held against completed
 * ones alone: what the others were answered, it was given too.
 */
export async function gaveFirstAnswers(tx: TenantTx, source: RunRow): Promise<boolean> {
  let after: string | undefined;
  for (;;) {
    const rows = await listRunRows(tx, {
      promptVersionId: source.promptVersionId,
      statuses: source.reuse === "never" ? ANY_STATUS : ["completed"],
      ...(after !== undefined && { after }),
      limit: RUNS_PER_PAGE,
    });
    if (rows.some((row) => row.done > 0 && wasSeenBefore(row, source) && hasSameOutputs(row, source))) {
      return false;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < RUNS_PER_PAGE) return true;
    after = last.id;
  }
}

/** A run that was started later may have been cancelled while this one still waited. */
function wasSeenBefore(row: RunRow, source: RunRow): boolean {
  if (row.id < source.id) return true;
  if (source.reuse === "always" || row.id === source.id) return false;
  const isCutShort = row.status === "cancelled" || row.status === "failed";
  return (
    isCutShort && row.finishedAt !== null && source.finishedAt !== null && row.finishedAt < source.finishedAt
  );
}

function hasSameOutputs({ hashes: one }: RunRow, { hashes: other }: RunRow): boolean {
  return (
    one.promptVersion === other.promptVersion &&
    one.model === other.model &&
    one.adapter === other.adapter &&
    one.engineBuild === other.engineBuild &&
    one.dataset === other.dataset
  );
}
