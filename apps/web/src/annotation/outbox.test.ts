import { expect, test } from "vitest";
import { dueOf, exceptOf, isOutbox, withLabel, withoutItem, withSkipped } from "./outbox.ts";

const A = { itemId: "a", passed: true };
const B = { itemId: "b", passed: false, comment: "no" };

test("the newest label waits for its undo, every older one is due", () => {
  const outbox = withLabel(withLabel([], A), B);
  expect(dueOf(outbox)).toEqual([A]);
  expect(withoutItem(outbox, "b")).toEqual([A]);
  expect(dueOf([A])).toEqual([]);
});

test("a second label of the same output takes the place of the first", () => {
  expect(withLabel([A, B], { itemId: "a", passed: false })).toEqual([B, { itemId: "a", passed: false }]);
});

test("what is on its way or was passed over is not shown next, as far as there is room", () => {
  expect(exceptOf({ outbox: [], skipped: [] })).toBeUndefined();
  expect(exceptOf({ outbox: [A], skipped: ["c", "a"] })).toBe("a,c");
  const many = Array.from({ length: 80 }, (_, n) => `s${n}`);
  expect(exceptOf({ outbox: [A], skipped: many })?.split(",")).toHaveLength(50);
  expect(many.reduce(withSkipped, [] as string[])).toHaveLength(40);
});

test("what a browser kept is taken only where it is labels", () => {
  expect(isOutbox([A, B])).toBe(true);
  for (const value of [null, {}, [{ itemId: "a" }], [{ ...A, comment: 3 }]])
    expect(isOutbox(value)).toBe(false);
});
