import fc from "fast-check";
import { expect, it } from "vitest";
import { diffLines } from "./line-diff.ts";

it("keeps what is common and shows the rest", () => {
  expect(diffLines(["a", "b", "c", "d"], ["a", "x", "c", "d", "e"])).toEqual([
    { kind: "same", text: "a" },
    { kind: "removed", text: "b" },
    { kind: "added", text: "x" },
    { kind: "same", text: "c" },
    { kind: "same", text: "d" },
    { kind: "added", text: "e" },
  ]);
});

it("holds both texts whole, whatever they are", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const diff = diffLines(before, after);
      const side = (left: "removed" | "added") =>
        diff.filter(({ kind }) => kind !== left).map(({ text }) => text);
      expect(side("added")).toEqual(before);
      expect(side("removed")).toEqual(after);
    }),
  );
});

it("does not compare two huge texts line by line", () => {
  const many = (letter: string) => Array.from({ length: 20_000 }, (_, n) => `${letter}${n}`);
  expect(diffLines(many("a"), many("b"))).toHaveLength(40_000);
});
