import type { ComparedCase, Comparison } from "@assay/core";
import { expect, test } from "vitest";
import { comparisonCsv } from "./comparison-csv.ts";

const comparison = { runs: [{ prompt: "triage", promptVersion: 1 }] } as unknown as Comparison;

function csvOf(output: string, caseKey = "a"): string {
  const outcome = { status: "scored", passed: true, score: 0.5, output, reason: null };
  const one = { caseKey, change: "lost", tags: ["x", "y"], outcomes: [outcome] } as unknown as ComparedCase;
  return comparisonCsv(comparison, [one]);
}

test("has a row for each case and four columns for each run", () => {
  expect(csvOf("yes")).toBe(
    "case,change,tags,1 triage@1 status,1 triage@1 passed,1 triage@1 score,1 triage@1 answer\r\na,lost,x y,scored,true,0.5,yes\r\n",
  );
});

test("keeps quotation marks, commas and line breaks within their cell", () => {
  expect(csvOf('say "a", then\nb')).toContain('"say ""a"", then\nb"');
});

test.each(["=1+1", "+1", "-2", "@SUM(A1)", "\tx"])("lets no spreadsheet carry out %j", (text) => {
  expect(csvOf(text)).toContain(`'${text}`);
  expect(csvOf("yes", text)).toContain(`'${text}`);
});
