import { ComparedCase, ComparedCaseQuery, Comparison, ComparisonQuery } from "../comparison.ts";
import { pageOf } from "../page.ts";
import { defineRoutes } from "./route.ts";

const reads = {
  plane: "control",
  audience: "tenant",
  touches: "tenant",
  scope: "read",
  method: "GET",
} as const;

export const comparisonRoutes = defineRoutes({
  compareRuns: {
    ...reads,
    path: "/api/comparisons",
    summary: "Finished runs over the same cases beside each other, each against the first",
    query: ComparisonQuery,
    output: { kind: "json", status: 200, schema: Comparison },
  },
  listComparedCases: {
    ...reads,
    hasLongAnswers: true,
    path: "/api/comparisons/cases",
    summary: "The same case by case: what passed and fails now, what passes now, the greatest changes",
    query: ComparedCaseQuery,
    output: { kind: "json", status: 200, schema: pageOf(ComparedCase) },
  },
});
