import { countErrors, listCompletedRuns, type RunRow, type TenantTx } from "@assay/store";
import { gaveFirstAnswers, originOf, ranBesideAnother } from "./gave-first-answers.ts";

const RUNS_PER_PAGE = 50;

/**
 * So often a run that errors spoiled may be replaced. Its answers are used again, so each replacement asks only what
 * failed: without a bound a version that fails half of the time would pass in the end.
 */
const REPLACED_MAX = 3;

interface WantedRun {
  suiteId: string;
  promptVersionId: string;
  evidenceSha256: string;
  /** A run with more results that failed or were not scored has measured nothing. */
  errorsMax: number;
}

/** The run that a decision stands on. */
export interface DecidingRun {
  run: RunRow;
  /** Is it of every case, with no more errors than allowed? If not, a later run may take its place. */
  isMeasured: boolean;
  /** How many completed runs there are of the very same things, this one included. */
  runCount: number;
}

/**
 * The first completed run of the same things that measured every case: a later one can confirm it but never replace
 * it, or one would repeat a noisy measurement until it passes. One that asked the model anew although there were
 * answers already never decides. One that stopped early stands in until there is one of every case, which reuses its
 * answers; while errors spoiled every run, the newest of them stands in, and after three replacements none can.
 * A run beside another that was ended does not decide either.
 */
export async function findDecidingRun(
  tx: TenantTx,
  { errorsMax, ...wanted }: WantedRun,
): Promise<DecidingRun | undefined> {
  const found: FoundRuns = { measured: undefined, stoppedEarly: undefined, newest: undefined, spoiled: 0 };
  let after: string | undefined;
  let runCount = 0;
  for (;;) {
    const page = { ...(after !== undefined && { after }), limit: RUNS_PER_PAGE };
    const rows = await listCompletedRuns(tx, wanted, page);
    for (const row of rows) await lookAt(tx, row, { found, errorsMax });
    runCount += rows.length;
    after = rows.at(-1)?.id ?? after;
    if (rows.length < RUNS_PER_PAGE) break;
  }
  const run = found.measured ?? found.stoppedEarly ?? found.newest;
  return run && { run, isMeasured: found.measured !== undefined, runCount };
}

/** Of a run that scored the outputs of another, it is asked of the one that drew them, and of what became of it since. */
async function mayBeASecondDraw(tx: TenantTx, row: RunRow): Promise<boolean> {
  const origin = await originOf(tx, row);
  if (origin === undefined) return true;
  if (origin.reuse === "never" && !(await gaveFirstAnswers(tx, origin))) return true;
  return await ranBesideAnother(tx, origin);
}

interface FoundRuns {
  measured: RunRow | undefined;
  stoppedEarly: RunRow | undefined;
  newest: RunRow | undefined;
  /** Runs that errors spoiled. */
  spoiled: number;
}

async function lookAt(
  tx: TenantTx,
  row: RunRow,
  { found, errorsMax }: { found: FoundRuns; errorsMax: number },
): Promise<void> {
  if (await mayBeASecondDraw(tx, row)) return;
  if (found.spoiled > REPLACED_MAX) return;
  found.newest = row;
  const place = row.stoppedEarly ? "stoppedEarly" : "measured";
  if (found[place] !== undefined) return;
  if ((await countErrors(tx, row.id)) <= errorsMax) found[place] = row;
  // Where nothing at all was answered nothing was seen, and nothing could be chosen.
  else if ((row.summary?.scored ?? 0) > 0) found.spoiled += 1;
}
