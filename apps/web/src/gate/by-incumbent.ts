import type { VerdictClause } from "@assay/core";

/**
 * The clauses in one list; where they compare with several versions, as after a rollback, first those that compare with
 * none, and then a list for each version.
 */
export function byIncumbent(clauses: readonly VerdictClause[]): VerdictClause[][] {
  const versions = new Set(clauses.flatMap(({ incumbentVersion = [] }) => incumbentVersion));
  if (versions.size < 2) return [[...clauses]];
  return [undefined, ...versions].map((version) =>
    clauses.filter(({ incumbentVersion }) => incumbentVersion === version),
  );
}
