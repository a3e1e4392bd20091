import type { ClauseOutcome, VerdictClause } from "@assay/core";

export const OUTCOME_MARK: Record<ClauseOutcome, string> = { pass: "✓", fail: "✗", inconclusive: "?" };

/** `✗ minScore: …`, the clause's own sentence after it. */
export function clauseLine(clause: VerdictClause): string {
  return `${OUTCOME_MARK[clause.outcome]} ${clause.clause}: ${clause.message}`;
}
