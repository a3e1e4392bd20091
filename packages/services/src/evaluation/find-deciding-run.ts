import { countErrors, listCompletedRuns, type RunRow, type TenantTx } from "@assay/store";

const RUNS_PER_PAGE = 50;

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
  /** Does it have no more errors than allowed? If not, a later run may take its place. */
  isMeasured: boolean;
  /** How many completed runs there are of the very same things, this one included. */
  runCount: number;
}

/**
 * The first completed run of the same things that measured something: a later one can confirm it but never replace
 * it, or one would repeat a noisy measurement until it passes. While errors spoiled every run, the newest of them.
 */
export async function findDecidingRun(
  tx: TenantTx,
  { errorsMax, ...wanted }: WantedRun,
): Promise<DecidingRun | undefined> {
  let measured: RunRow | undefined;
  let newest: RunRow | undefined;
  let runCount = 0;
  for (;;) {
    const page = { ...(newest !== undefined && { after: newest.id }), limit: RUNS_PER_PAGE };
    const rows = await listCompletedRuns(tx, wanted, page);
    for (const row of rows) {
      if (measured === undefined && (await countErrors(tx, row.id)) <= errorsMax) measured = row;
    }
    runCount += rows.length;
    newest = rows.at(-1) ?? newest;
    if (rows.length < RUNS_PER_PAGE) break;
  }
  const run = measured ?? newest;
  return run && { run, isMeasured: measured !== undefined, runCount };
}
