import { expect, test } from "vitest";
import { splitRecords, type TextRecord } from "./split-records.ts";

async function split(pieces: string[], quotes: "none" | "csv", recordCharsMax = 100): Promise<TextRecord[]> {
  async function* chunks() {
    yield* pieces;
  }
  const records: TextRecord[] = [];
  for await (const record of splitRecords({ chunks: chunks(), quotes, recordCharsMax })) records.push(record);
  return records;
}

test("records know the line they begin on", async () => {
  expect(await split(["\uFEFFa\n\n", 'b,"x\r', '\ny"\r\n', "c"], "csv")).toEqual([
    { line: 1, text: "a" },
    { line: 3, text: 'b,"x\r\ny"' },
    { line: 5, text: "c" },
  ]);
});

test("quotes are characters like others where they mean nothing", async () => {
  expect(await split(['a"\nb'], "none")).toEqual([
    { line: 1, text: 'a"' },
    { line: 2, text: "b" },
  ]);
});

test("a record past its bound is cut, one character late so that it can be told", async () => {
  expect(await split([`"${"x\n".repeat(5_000)}`], "csv", 10)).toEqual([
    { line: 1, text: '"x\nx\nx\nx\nx\n' },
  ]);
});
