import { expect, test } from "vitest";
import { isPlain, readColumns, versionOf, writeColumns } from "./column.ts";

test("columns come back from an address as they were written", () => {
  const columns = [
    { at: "production" },
    { at: "3", model: "small", adapter: null },
    { at: "staging", adapter: "support@2", edit: "k3" },
  ];
  expect(writeColumns(columns)).toBe("production,3~model=small~adapter=-,staging~adapter=support@2~edit=k3");
  expect(readColumns(writeColumns(columns))).toEqual(columns);
});

test("what is no column is left out, and no more than six are shown", () => {
  expect(readColumns(undefined)).toEqual([]);
  expect(readColumns("../x,<b>,Production, latest ,3~model=../y~edit=a/b~other=1")).toEqual([
    { at: "latest" },
    { at: "3" },
  ]);
  expect(readColumns("1,2,3,4,5,6,7")).toHaveLength(6);
});

test("a column that swaps nothing is served as it is", () => {
  expect(isPlain({ at: "production" })).toBe(true);
  expect(isPlain({ at: "production", adapter: null })).toBe(false);
});

test("digits are a version, everything else is a label", () => {
  expect([versionOf({ at: "12" }), versionOf({ at: "v12" })]).toEqual([12, undefined]);
});
