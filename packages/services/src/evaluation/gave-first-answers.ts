import type { RunStatus } from "@assay/core";
import { findRun, listRunRows, type RunRow, type TenantTx } from "@assay/store";

const RUNS_PER_PAGE = 100;

/** Also what a cancelled or failed run stored was seen, and could be why it was cancelled. */
const ANY_STATUS: RunStatus[] = ["queued", "running", "completed", "failed", "cancelled"];

/**
 * Are these the outputs that the version gave first on these cases? Later ones are as true, but who scores or draws
 * them again may have looked at several and taken the luckiest. A run that reuses answers is held against completed
 * ones alone: what the others were answered, it was given too.
 */
export async function gaveFirstAnswers(tx: TenantTx, source: RunRow): Promise<boolean> {
  const statuses = source.reuse === "never" ? ANY_STATUS : (["completed"] as const);
  return !(await hasRunLike(
    { tx, run: source, statuses },
    (row) => wasSeenBefore(row, source) && hasSameOutputs(row, source),
  ));
}

/**
 * Earlier is what a worker took up earlier: a run can wait, for its baseline or its turn, until somebody has seen what
 * one that was queued after it was answered. One that was cut short while this one asked is as bad: it may have been
 * for what this one was answered.
 */
function wasSeenBefore(row: RunRow, source: RunRow): boolean {
  if (beganBefore(row, source)) return true;
  if (source.reuse === "always") return false;
  const isCutShort = row.status === "cancelled" || row.status === "failed";
  return (
    isCutShort && row.finishedAt !== null && source.finishedAt !== null && row.finishedAt < source.finishedAt
  );
}

function beganBefore(row: RunRow, source: RunRow): boolean {
  const [one, other] = [begunAt(row), begunAt(source)].map((at) => at.getTime()) as [number, number];
  return one < other || (one === other && row.id < source.id);
}

/** Runs from before it was kept when they were taken up count from when they were queued. */
function begunAt({ startedAt, createdAt }: RunRow): Date {
  return startedAt ?? createdAt;
}

/** Who asks anew may have seen the same requests answered on a copy of the dataset: there every one counts. */
function hasSameOutputs(row: RunRow, source: RunRow): boolean {
  return source.reuse === "never" || row.hashes.dataset === source.hashes.dataset;
}

/**
 * Did it ask the model while an earlier run of the same version did, that was then cut short, or that measures the very
 * same things and has not ended? Whoever saw both could end the worse one. A run after them is given what was answered
 * first.
 */
export async function ranBesideAnother(tx: TenantTx, run: RunRow): Promise<boolean> {
  if (run.reused === run.total) return false;
  const statuses = ["queued", "running", "failed", "cancelled"] as const;
  return await hasRunLike({ tx, run, statuses }, (row) => metEachOther(row, run));
}

function metEachOther(row: RunRow, run: RunRow): boolean {
  if (row.finishedAt === null) return row.id < run.id && row.evidenceSha256 === run.evidenceSha256;
  const hasEndedBefore = row.finishedAt <= run.createdAt;
  const hasBegunAfter = run.finishedAt !== null && row.createdAt >= run.finishedAt;
  return !hasEndedBefore && !hasBegunAfter;
}

/** The run that asked the model for what this one scored: itself, unless it scores the outputs of another. */
export async function originOf(tx: TenantTx, run: RunRow): Promise<RunRow | undefined> {
  let origin: RunRow | undefined = run;
  while (origin?.rescoreOf != null) origin = await findRun(tx, origin.rescoreOf);
  return origin;
}

interface Others {
  tx: TenantTx;
  run: RunRow;
  statuses: readonly RunStatus[];
}

/**
 * Is there another run in which the very same version, model and all, answered something, and of which this is true?
 * All of them are looked at: runs that were begun and ended at once could fill any page.
 */
async function hasRunLike({ tx, run, statuses }: Others, isLike: (row: RunRow) => boolean): Promise<boolean> {
  let after: string | undefined;
  for (;;) {
    const rows = await listRunRows(tx, {
      promptVersionId: run.promptVersionId,
      statuses: [...statuses],
      hasResults: true,
      ...(after !== undefined && { after }),
      limit: RUNS_PER_PAGE,
    });
    if (rows.some((row) => row.id !== run.id && hasSameAnswerer(row, run) && isLike(row))) return true;
    const last = rows.at(-1);
    if (last === undefined || rows.length < RUNS_PER_PAGE) return false;
    after = last.id;
  }
}

function hasSameAnswerer({ hashes: one }: RunRow, { hashes: other }: RunRow): boolean {
  return (
    one.promptVersion === other.promptVersion &&
    one.model === other.model &&
    one.adapter === other.adapter &&
    one.engineBuild === other.engineBuild
  );
}
