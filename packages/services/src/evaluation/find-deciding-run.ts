import { countErrors, listCompletedRuns, type RunRow, type TenantTx } from "@assay/store";

const RUNS_PER_PAGE = 50;

interface WantedRun {
  suiteId: string;
  promptVersionId: string;
  evidenceSha256: string;
  /** A run with more results that failed or were not scored has measured nothing. */
  errorsMax: number;
  /** Will others be compared with it? Then only a run of every case settles the matter. */
  isBaseline?: boolean;
}

/** The run that a decision stands on. */
export interface DecidingRun {
  run: RunRow;
  /** Does it have no more errors than allowed, and as a baseline every case? If not, a later run may take its place. */
  isMeasured: boolean;
  /** How many completed runs there are of the very same things, this one included. */
  runCount: number;
}

/**
 * The first completed run of the same things that measured something: a later one can confirm it but never replace
 * it, or one would repeat a noisy measurement until it passes. While errors spoiled every run, the newest of them. A
 * baseline that stopped early stands in until there is a full one: the cases it left out could neither flip nor regress.
 */
export async function findDecidingRun(
  tx: TenantTx,
  { errorsMax, isBaseline = false, ...wanted }: WantedRun,
): Promise<DecidingRun | undefined> {
  const found: FoundRuns = { measured: undefined, standIn: undefined };
  let newest: RunRow | undefined;
  let runCount = 0;
  for (;;) {
    const page = { ...(newest !== undefined && { after: newest.id }), limit: RUNS_PER_PAGE };
    const rows = await listCompletedRuns(tx, wanted, page);
    for (const row of rows) await lookAt(tx, row, { found, errorsMax, isBaseline });
    runCount += rows.length;
    newest = rows.at(-1) ?? newest;
    if (rows.length < RUNS_PER_PAGE) break;
  }
  const run = found.measured ?? found.standIn ?? newest;
  return run && { run, isMeasured: found.measured !== undefined, runCount };
}

interface FoundRuns {
  measured: RunRow | undefined;
  standIn: RunRow | undefined;
}

async function lookAt(
  tx: TenantTx,
  row: RunRow,
  { found, errorsMax, isBaseline }: { found: FoundRuns; errorsMax: number; isBaseline: boolean },
): Promise<void> {
  const place = isBaseline && row.stoppedEarly ? "standIn" : "measured";
  if (found[place] === undefined && (await countErrors(tx, row.id)) <= errorsMax) found[place] = row;
}
