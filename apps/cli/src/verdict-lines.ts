import type { ClauseOutcome, VerdictClause } from "@assay/core";

export const OUTCOME_MARK: Record<ClauseOutcome, string> = {
  pass: "✓",
  fail: "✗",
  inconclusive: "?",
  suspended: "‖",
};

/** `✗ minScore: …`, the clause's own sentence after it. */
export function clauseLine(clause: VerdictClause): string {
  const name = clause.metric === undefined ? clause.clause : `${clause.clause} of ${clause.metric}`;
  return `${OUTCOME_MARK[clause.outcome]} ${name}: ${clause.message}`;
}
