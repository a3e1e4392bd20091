import { expect, test } from "vitest";
import { RowSlots } from "./row-slots.ts";

test("rows keep their slots while they are in view, and leave them to the next", () => {
  const slots = new RowSlots();
  expect(slots.assign([0, 1, 2])).toEqual([0, 1, 2]);
  expect(slots.assign([1, 2, 3])).toEqual([1, 2, 0]);
  expect(slots.assign([3, 1])).toEqual([0, 1]);
});

test("rows that take the places of all others take them in their order, from wherever one comes", () => {
  const slots = new RowSlots();
  slots.assign([4, 5, 6]);
  slots.assign([3, 4, 5]);
  const before = slots.assign([2, 3, 4]);
  expect(slots.assign([70, 71, 72])).toEqual(before);
});

test("no two rows in view ever have the same slot", () => {
  const slots = new RowSlots();
  for (let step = 0; step < 500; step++) {
    const first = (step * 37) % 1_000;
    const rows = [...Array.from({ length: 5 + (step % 9) }, (_, n) => first + n), 5_000];
    const given = slots.assign(rows);
    expect(new Set(given).size).toBe(rows.length);
  }
});
