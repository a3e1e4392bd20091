import type { ComparedCase, Comparison } from "@assay/core";

/** A cell that a spreadsheet would take for a formula is begun with an apostrophe, which it shows as text. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | boolean | null): string {
  if (value === null) return "";
  const text = String(value);
  const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

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
      status === "scored" ? passed : null,
      score,
      output ?? reason,
    ]),
  ]);
  const lines = [["case", "change", "tags", ...headings], ...rows];
  return `${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}
