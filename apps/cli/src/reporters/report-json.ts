import { outcomeOf, overallOutcome, type SuiteReport } from "../eval/eval-report.ts";

/** Everything, as `assay.eval/1`: members may be added to this schema, never changed or taken away. */
export function reportJson(reports: readonly SuiteReport[]): string {
  const suites = reports.map(({ status, ...report }) => ({
    outcome: outcomeOf({ status, ...report } as SuiteReport),
    ...report,
  }));
  return `${JSON.stringify({ schema: "assay.eval/1", outcome: overallOutcome(reports), suites }, null, 2)}\n`;
}
