import type { VerdictClause } from "@assay/core";

/** How many cases a clause is about, of which it names the first. */
export function caseCountOf({ clause, outcome, value, cases = [], caseCount }: VerdictClause): number {
  if (caseCount !== undefined) return caseCount;
  // Verdicts from before clauses said so: of what got worse the number found is one of cases.
  if (clause === "noFlips" && outcome === "fail") return Math.max(cases.length, value ?? 0);
  return cases.length;
}
