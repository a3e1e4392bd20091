import { expect, test } from "vitest";
import { type ComparedRow, sideBySide } from "./side-by-side.ts";

const written = (rows: readonly ComparedRow[]) =>
  rows.map(({ left, right }) =>
    [left, right].map((side) =>
      side === null ? null : side.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join(""),
    ),
  );

test("a changed line stands beside what it was, with the changed words marked", () => {
  const rows = sideBySide(["Be kind.", "Answer in one sentence."], ["Be kind.", "Answer in two sentences."]);
  expect(written(rows)).toEqual([
    ["Be kind.", "Be kind."],
    ["Answer in [one] [sentence].", "Answer in [two] [sentences]."],
  ]);
  expect(rows.map(({ isSame }) => isSame)).toEqual([true, false]);
});

test("lines that came or went have nothing beside them", () => {
  expect(written(sideBySide(["a", "b"], ["b", "c", "d"]))).toEqual([
    ["a", null],
    ["b", "b"],
    [null, "c"],
    [null, "d"],
  ]);
});

test("a line that has little of the other in it is shown as replaced whole", () => {
  expect(written(sideBySide(["The quick brown fox"], ["Answer in JSON with intent"]))).toEqual([
    ["The quick brown fox", "Answer in JSON with intent"],
  ]);
});

test("a line of a megabyte takes no longer than any other", () => {
  const long = "x ".repeat(500_000);
  expect(sideBySide([long], [`${long}y`])).toHaveLength(1);
});
