import type { ComparedCase, Comparison } from "@assay/core";
import { csvLine } from "@assay/core/plain";

/** The cases of a comparison as a table for spreadsheets: a row for each case, columns for each run. */
export function comparisonCsv({ runs }: Comparison, cases: readonly ComparedCase[]): string {
  const headings = runs.flatMap(({ prompt, promptVersion }, index) => {
    const name = `${index + 1} ${prompt}@${promptVersion}`;
    return [`${name} status`, `${name} passed`, `${name} score`, `${name} answer`];
  });
  const rows = cases.map(({ caseKey, change, tags, outcomes }) => [
    caseKey,
    change,
    tags.join(" "),
    ...outcomes.flatMap(({ status, passed, score, output, reason }) => [
      status,
      status === "scored" ? String(passed) : "",
      score === null ? "" : String(score),
      output ?? reason ?? "",
    ]),
  ]);
  return [["case", "change", "tags", ...headings], ...rows].map(csvLine).join("");
}
