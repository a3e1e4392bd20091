import { describe, expect, it, test } from "vitest";
import { RecordSplitter, type TextRecord } from "./record-splitter.ts";

function split(pieces: string[], { isCsv = true, recordCharsMax = 100 } = {}): TextRecord[] {
  const splitter = new RecordSplitter({ isCsv, recordCharsMax });
  return [...pieces.flatMap((piece) => [...splitter.push(piece)]), ...splitter.end()];
}

test("records know the line they begin on", () => {
  expect(split(["\uFEFFa\n\n", 'b,"x\r', '\ny"\r\n', "c"])).toEqual([
    { line: 1, text: "a" },
    { line: 3, text: 'b,"x\r\ny"' },
    { line: 5, text: "c" },
  ]);
});

describe("a CSV file", () => {
  it.each(["\n", "\r\n", "\r"])("is split at %j, however it is cut, and not within quotes", (end) => {
    const text = `\uFEFFa,b${end}"1${end}2",3${end}${end}4,5${end}`;
    const records = [
      { line: 1, text: "a,b" },
      { line: 2, text: `"1${end}2",3` },
      { line: 5, text: "4,5" },
    ];
    for (let length = 1; length <= text.length; length++) {
      const pieces = text.match(new RegExp(`[^]{1,${length}}`, "g")) ?? [];
      expect(split(pieces)).toEqual(records);
    }
  });
});

test("elsewhere quotes and CR are characters like others", () => {
  expect(split(['a"\nb\rc\r', "\nd\r"], { isCsv: false })).toEqual([
    { line: 1, text: 'a"' },
    { line: 2, text: "b\rc" },
    { line: 3, text: "d" },
  ]);
});

test("a record past its bound is cut, one character late so that it can be told", () => {
  expect(split([`"${"x\n".repeat(5_000)}`], { recordCharsMax: 10 })).toEqual([
    { line: 1, text: '"x\nx\nx\nx\nx\n' },
  ]);
});
