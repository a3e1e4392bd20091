import type { Case } from "@assay/core";
import { expect, test } from "vitest";
import { caseWithCell, cellText } from "./case-cell.ts";

const CASE: Case = { key: "a", variables: {}, expected: { n: 1 }, tags: ["x", "y"], group: "g" };

test("what a cell shows is what it takes back", () => {
  for (const column of ["expected", "tags", "group"] as const) {
    expect(caseWithCell(CASE, column, cellText(CASE, column))).toEqual(CASE);
  }
});

test("an expectation that is a text stays a text, one that is JSON must stay JSON", () => {
  expect(caseWithCell({ ...CASE, expected: "7" }, "expected", "8")).toMatchObject({ expected: "8" });
  expect(caseWithCell(CASE, "expected", '{"n":2}')).toMatchObject({ expected: { n: 2 } });
  expect(caseWithCell(CASE, "expected", "{n:2}")).toBeUndefined();
  expect(caseWithCell(CASE, "expected", "")).not.toHaveProperty("expected");
});

test("tags are told apart by commas, and an empty group is none", () => {
  expect(caseWithCell(CASE, "tags", " a, b;a,,")?.tags).toEqual(["a", "b"]);
  expect(caseWithCell(CASE, "tags", "x".repeat(65))).toBeUndefined();
  expect(caseWithCell(CASE, "group", "  ")).not.toHaveProperty("group");
  expect(caseWithCell(CASE, "group", "x".repeat(129))).toBeUndefined();
});
