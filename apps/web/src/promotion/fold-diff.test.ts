import type { DiffLine } from "@assay/core";
import { expect, test } from "vitest";
import { foldDiff } from "./fold-diff.ts";

const same = (count: number): DiffLine[] =>
  Array.from({ length: count }, (_, index) => ({ kind: "same", text: `line ${index}` }));

test("three equal lines stay beside a change, the rest is counted", () => {
  const lines: DiffLine[] = [...same(10), { kind: "added", text: "new" }, ...same(5)];
  const parts = foldDiff(lines);
  expect(parts.map(({ kind }) => kind)).toEqual([
    "folded",
    ...["same", "same", "same", "added", "same", "same", "same"],
    "folded",
  ]);
  expect(parts.at(0)).toMatchObject({ count: 7 });
  expect(parts.at(-1)).toMatchObject({ count: 2 });
});

test("without a change everything is folded", () => {
  expect(foldDiff(same(4))).toMatchObject([{ kind: "folded", count: 4 }]);
});
