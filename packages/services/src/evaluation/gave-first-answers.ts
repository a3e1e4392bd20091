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

/** Who asks anew may have seen the same requests answered on a copy of the dataset: there every one counts. */
function hasSameOutputs(row: RunRow, source: RunRow): boolean {
  const isSameDataset = row.hashes.dataset === source.hashes.dataset;
  return (source.reuse === "never" || isSameDataset) && hasSameAnswerer(row, source);
}

function hasSameAnswerer({ hashes: one }: RunRow, { hashes: other }: RunRow): boolean {
  return (
    one.promptVersion === other.promptVersion &&
    one.model === other.model &&
    one.adapter === other.adapter &&
    one.engineBuild === other.engineBuild
  );
}

/**
 * Did it ask the model while an earlier run of the same version did, that was then cut short, or that measures the very
 * same things and has not ended? Whoever saw both could end the worse one. A run after them is given what was answered
 * first.
 */
export async function ranBesideAnother(tx: TenantTx, run: RunRow): Promise<boolean> {
  if (run.reused === run.total) return false;
  const rows = await listRunRows(tx, {
    promptVersionId: run.promptVersionId,
    statuses: ["queued", "running", "failed", "cancelled"],
    limit: RUNS_PER_PAGE,
  });
  return rows.some(
    (row) => row.id !== run.id && row.done > 0 && hasSameAnswerer(row, run) && metEachOther(row, run),
  );
}

function metEachOther(row: RunRow, run: RunRow): boolean {
  if (row.finishedAt === null) return row.id < run.id && row.evidenceSha256 === run.evidenceSha256;
  const hasEndedBefore = row.finishedAt <= run.createdAt;
  const hasBegunAfter = run.finishedAt !== null && row.createdAt >= run.finishedAt;
  return !hasEndedBefore && !hasBegunAfter;
}
