import { expect, test } from "vitest";
import { axisTicks } from "./axis-ticks.ts";

test("an axis goes in round steps from nothing to at least the most that is shown", () => {
  expect(axisTicks(4)).toEqual([0, 1, 2, 3, 4]);
  expect(axisTicks(97)).toEqual([0, 50, 100]);
  expect(axisTicks(380)).toEqual([0, 100, 200, 300, 400]);
  expect(axisTicks(0.000_004).map((tick) => Number(tick.toFixed(9)))).toEqual([0, 1e-6, 2e-6, 3e-6, 4e-6]);
});

test("where nothing is shown there is an axis all the same", () => {
  expect(axisTicks(0)).toEqual([0, 1]);
  expect(axisTicks(Number.NaN)).toEqual([0, 1]);
});
