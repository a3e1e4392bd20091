import { expect, test } from "vitest";
import { oneOf, present, textOf, wholeNumberOf } from "./search-values.ts";

test("an address keeps what a page understands and drops the rest", () => {
  const search = { tag: 5, tab: "cases", status: "<b>", version: "3", part: "2.5", list: ["x"], none: "" };
  expect(textOf(search, "tag")).toBe("5");
  expect(textOf(search, "list")).toBeUndefined();
  expect(textOf(search, "none")).toBeUndefined();
  expect(oneOf(search, "tab", ["overview", "cases"])).toBe("cases");
  expect(oneOf(search, "status", ["failed"])).toBeUndefined();
  expect(wholeNumberOf(search, "version")).toBe(3);
  expect(wholeNumberOf(search, "part")).toBeUndefined();
  expect(present({ a: 1, b: undefined })).toEqual({ a: 1 });
});
