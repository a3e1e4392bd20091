import type { VerdictClause } from "@assay/core";
import { expect, test } from "vitest";
import { caseCountOf } from "./case-count-of.ts";

const flips: VerdictClause = {
  clause: "noFlips",
  outcome: "fail",
  value: 32,
  bound: 0,
  message: "",
  cases: Array.from({ length: 20 }, (_, index) => `case-${index}`),
};

test("counts the cases that a clause is about, not those that it names", () => {
  expect(caseCountOf({ ...flips, clause: "maxErrors", value: 70, caseCount: 35 })).toBe(35);
});

test("an older verdict on guarded cases is counted by what was found", () => {
  expect(caseCountOf(flips)).toBe(32);
});

test("counts what is named where that is all, and nothing where nothing is", () => {
  expect(caseCountOf({ ...flips, clause: "maxErrors", value: 40 })).toBe(20);
  const { cases: _, ...bare } = flips;
  expect(caseCountOf({ ...bare, outcome: "pass", value: 0 })).toBe(0);
});
