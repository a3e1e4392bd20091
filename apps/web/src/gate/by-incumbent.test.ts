import type { VerdictClause } from "@assay/core";
import { expect, test } from "vitest";
import { byIncumbent } from "./by-incumbent.ts";

const clause = (name: VerdictClause["clause"], incumbentVersion?: number): VerdictClause => ({
  clause: name,
  ...(incumbentVersion !== undefined && { incumbentVersion }),
  outcome: "pass",
  value: null,
  bound: null,
  message: "",
});

test("clauses that compare with one version at most stay together", () => {
  const clauses = [clause("minCases"), clause("noFlips", 3), clause("maxRegression", 3)];
  expect(byIncumbent(clauses)).toEqual([clauses]);
  expect(byIncumbent([])).toEqual([[]]);
});

test("where two versions are compared with, each has its own list", () => {
  const [cases, first, second] = [clause("minCases"), clause("noFlips", 3), clause("noFlips", 4)];
  expect(byIncumbent([first, cases, second])).toEqual([[cases], [first], [second]]);
});
