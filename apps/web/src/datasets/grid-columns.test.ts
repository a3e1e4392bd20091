import { expect, test } from "vitest";
import { placeAfter } from "./grid-columns.ts";

const SIZE = { rows: 100_000, page: 20 };
const after = (key: string, isCtrl = false, at = { row: 5, column: 2 }) =>
  placeAfter(at, { key, isCtrl }, SIZE);

test("keys lead through the table and stop at its edges", () => {
  expect(after("ArrowDown")).toEqual({ row: 6, column: 2 });
  expect(after("ArrowLeft")).toEqual({ row: 5, column: 1 });
  expect(after("PageUp")).toEqual({ row: 0, column: 2 });
  expect(after("PageDown")).toEqual({ row: 25, column: 2 });
  expect(after("Home")).toEqual({ row: 5, column: 0 });
  expect(after("End", true)).toEqual({ row: 99_999, column: 5 });
  expect(after("ArrowRight", false, { row: 99_999, column: 5 })).toEqual({ row: 99_999, column: 5 });
});

test("other keys lead nowhere", () => {
  for (const key of ["a", "Enter", "constructor", "__proto__"]) expect(after(key)).toBeUndefined();
});
