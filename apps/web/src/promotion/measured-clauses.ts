import type { Verdict, VerdictClause } from "@assay/core";

/** What was held against the evaluation; evidence and approval are shown in their own words beside it. */
export function measuredClauses({ clauses }: Verdict): VerdictClause[] {
  return clauses.filter(({ clause }) => clause !== "evidence" && clause !== "approval");
}
