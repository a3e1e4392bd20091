import { expect, test } from "vitest";
import { neighboursOf } from "./neighbours-of.ts";

test("a case's neighbours are those of the list, repeats left out", () => {
  const keys = ["a", "a", "b", "c", "c"];
  expect(neighboursOf(keys, "a")).toEqual({ previous: undefined, next: "b" });
  expect(neighboursOf(keys, "b")).toEqual({ previous: "a", next: "c" });
  expect(neighboursOf(keys, "c")).toEqual({ previous: "b", next: undefined });
  expect(neighboursOf(keys, "not listed")).toEqual({ previous: undefined, next: "a" });
  expect(neighboursOf([], "a")).toEqual({ previous: undefined, next: undefined });
});
