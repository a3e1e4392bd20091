import { outcomeOf, overallOutcome } from "../eval/eval-report.ts";
import type { SuiteReport } from "../eval/report-schema.ts";

/** Everything, as `EvalReport` says; `docs/report.schema.json` is its schema for other programs. */
export function reportJson(reports: readonly SuiteReport[]): string {
  const suites = reports.map((report) => ({ outcome: outcomeOf(report), ...report }));
  return `${JSON.stringify({ schema: "assay.eval/1", outcome: overallOutcome(reports), suites }, null, 2)}\n`;
}
