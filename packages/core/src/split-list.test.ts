import { expect, test } from "vitest";
import { splitList } from "./split-list.ts";

test("parts lose their spaces and empty ones are left out, in order and as often as they stand there", () => {
  expect(splitList(" a b ,, c,a ;d,", ",")).toEqual(["a b", "c", "a ;d"]);
  expect(splitList("a; b,a", /[,;]/)).toEqual(["a", "b", "a"]);
  expect(splitList(" ", ",")).toEqual([]);
});
