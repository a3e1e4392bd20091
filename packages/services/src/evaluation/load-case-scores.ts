import { type CaseScores, CaseTallies, type RepeatScore } from "@assay/evaluator";
import { listScoreRows, type RunRow, type ScoreRow, type TenantTx } from "@assay/store";

const CASES_PER_PAGE = 2_000;

/** The cases of a finished run, as a gate compares them. Reads no outputs, and a page at a time. */
export async function loadCaseScores(tx: TenantTx, run: RunRow): Promise<CaseScores[]> {
  const tallies = new CaseTallies();
  // Positions count from 0 without gaps, so a run of `total` results has none beyond it.
  for (let start = 0; start < run.total; start += CASES_PER_PAGE) {
    const range = { runId: run.id, fromPosition: start, toPosition: start + CASES_PER_PAGE };
    const rows = await listScoreRows(tx, range);
    if (rows.length === 0) break;
    for (const row of rows) tallies.add(repeatScoreOf(row));
  }
  return tallies.cases();
}

function repeatScoreOf({ caseKey, group, tags, status, score, passed }: ScoreRow): RepeatScore {
  const about = { caseKey, group, tags };
  return status === "scored" && score !== null
    ? { ...about, outcome: { status, score, passed: passed === true } }
    : { ...about, outcome: { status: status === "failed" ? "failed" : "not_scored" } };
}
