import { type ErrorDetails, Verdict } from "@assay/core";
import { clauseLine } from "./verdict-lines.ts";

/** A refusal's facts as lines: a verdict clause by clause, an import row by row. */
export function detailLines(details: ErrorDetails | undefined): string[] {
  const verdict = Verdict.safeParse(details?.verdict);
  if (verdict.success) return verdict.data.clauses.map(clauseLine);
  if (!Array.isArray(details?.errors)) return [];
  return details.errors.map((row: unknown) =>
    typeof row === "object" && row !== null && "row" in row && "message" in row
      ? `row ${row.row}: ${row.message}`
      : JSON.stringify(row),
  );
}
