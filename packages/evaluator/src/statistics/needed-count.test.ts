import { expect, test } from "vitest";
import { neededCount } from "./needed-count.ts";

test("an interval that just reaches the bound needs about twice as many cases for a power of 80 %", () => {
  // ((1.959964 + 0.841621) / 1.959964)² = 2.0432 from the tables of the normal distribution, and half the slack 4 times that.
  expect(neededCount({ count: 100, reach: 0.05, slack: 0.05 })).toBe(205);
  expect(neededCount({ count: 100, reach: 0.05, slack: 0.025 })).toBe(818);
});

test("who is told that the cases are not enough is never told to do with those there are", () => {
  expect(neededCount({ count: 100, reach: 0.01, slack: 0.1 })).toBe(101);
});
