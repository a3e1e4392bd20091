import { AppError, Case, type ImportError, LIMITS } from "@assay/core";
import { parse } from "csv-parse/browser/esm/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WrongRecord } from "./case-collector.ts";
import { type ImportOptions, parseCases } from "./import-cases.ts";

async function* inPieces(text: string, length = text.length): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

async function collect(batches: AsyncIterable<Case[]>): Promise<Case[]> {
  const cases: Case[] = [];
  for await (const batch of batches) cases.push(...batch);
  return cases;
}

const read = (text: string, format: ImportOptions["format"]) =>
  collect(parseCases(inPieces(text), { format }));

async function errorsOf(text: string, format: ImportOptions["format"]): Promise<ImportError[]> {
  const error = await read(text, format).then(
    () => new Error("nothing was refused"),
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof AppError) || error.code !== "dataset_invalid") throw error;
  return error.details?.errors as ImportError[];
}

const CSV = [
  "key,input,var.tone,expected.intent,expected.count,tags,group",
  'k1,"Where is my ""bag""?\r\nPlease, help",calm,lost_bag,2,critical; de ,t1',
  "",
  "k2,hello,,greeting,,,",
].join("\r\n");

describe("a JSONL file", () => {
  test("is one case per line; empty lines, CRLF and a byte order mark are nothing", async () => {
    const text = '\uFEFF{"key":"a","variables":{"q":1}}\r\n\r\n{"messages":[{"role":"user","content":"hi"}]}';
    expect(await read(text, "jsonl")).toEqual([
      { key: "a", variables: { q: 1 }, tags: [] },
      { key: "row-2", messages: [{ role: "user", content: "hi" }], tags: [] },
    ]);
  });

  test("is refused as a whole with every wrong row by its line", async () => {
    const errors = await errorsOf(
      [
        '{"key":"a","variables":{}}',
        "{nonsense",
        "",
        '{"key":"a","variables":{}}',
        '{"key":"b"}',
        '{"key":"c","variables":{},"expect":1}',
        "[1]",
        '{"key":"d","variables":{"q":"\\u0000"}}',
        '{"key":"e","variables":{"\\ud800":1}}',
        `{"key":"f","variables":{"q":${"[".repeat(70)}${"]".repeat(70)}}}`,
        '{"key":"g","variables":{"q":1e999}}',
      ].join("\n"),
      "jsonl",
    );
    expect(errors.map(({ row }) => row)).toEqual([2, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining("is not JSON"),
      'the key "a" is that of row 1 already',
      "a case needs variables or messages",
      expect.stringContaining("expect"),
      "is not a JSON object",
      "a text contains a NUL character",
      "a text contains half of a surrogate pair",
      expect.stringContaining("nested deeper than"),
      expect.stringContaining("a number is too large"),
    ]);
  });

  test("lists a bounded number of errors and reads no further", async () => {
    let pieces = 0;
    async function* endless() {
      for (;;) {
        pieces++;
        yield "nonsense\n";
      }
    }
    const refused = collect(parseCases(endless(), { format: "jsonl" }));
    await expect(refused).rejects.toMatchObject({ code: "dataset_invalid" });
    await expect(refused).rejects.toThrow(`${LIMITS.importErrorsMax} or more errors`);
    expect(pieces).toBeLessThan(LIMITS.importErrorsMax + 5);
  });

  test("with a line that is too long is refused without holding it", async () => {
    const errors = await errorsOf(
      `{"key":"a","variables":{"q":"${"x".repeat(LIMITS.caseBytesMax)}"}}`,
      "jsonl",
    );
    expect(errors).toMatchObject([{ row: 1, message: expect.stringContaining("longer than") }]);
  });

  test("past the size of a dataset is refused", async () => {
    async function* large() {
      const line = `{"variables":{"q":"${"x".repeat(250_000)}"}}\n`;
      for (;;) yield line;
    }
    await expect(collect(parseCases(large(), { format: "jsonl" }))).rejects.toMatchObject({
      code: "payload_too_large",
    });
  });

  test("without cases is refused", async () => {
    expect(await errorsOf("\n\n", "jsonl")).toEqual([{ row: 1, message: "there are no cases" }]);
  });

  test("with a key called __proto__ is refused", async () => {
    const errors = await errorsOf('{"key":"a","variables":{"q":[{"__proto__":{"polluted":true}}]}}', "jsonl");
    expect(errors).toEqual([{ row: 1, message: "a key is called __proto__" }]);
  });
});

describe("a CSV file", () => {
  test("has a column for each part of a case", async () => {
    expect(await read(CSV, "csv")).toEqual([
      {
        key: "k1",
        messages: [{ role: "user", content: 'Where is my "bag"?\r\nPlease, help' }],
        variables: { tone: "calm" },
        expected: { intent: "lost_bag", count: 2 },
        tags: ["critical", "de"],
        group: "t1",
      },
      {
        key: "k2",
        messages: [{ role: "user", content: "hello" }],
        variables: { tone: "" },
        expected: { intent: "greeting" },
        tags: [],
      },
    ]);
  });

  test("may end its lines in CR alone, as old files do", async () => {
    const cases = await read('key,input\ra,"one\rtwo"\rb,three\r', "csv");
    expect(cases.map(({ key, messages }) => [key, messages?.[0]?.content])).toEqual([
      ["a", "one\rtwo"],
      ["b", "three"],
    ]);
    const errors = await errorsOf('key,input\ra,"one\rtwo"\rb\rc,x,y\r', "csv");
    expect(errors.map(({ row }) => row)).toEqual([4, 5]);
  });

  test("is read past a byte order mark", async () => {
    expect(await read("\uFEFFkey,input\na,x\n", "csv")).toMatchObject([{ key: "a" }]);
  });

  test("reads an expectation as JSON where it is JSON, else as text", async () => {
    const cases = await read('message,expected\na,"{""x"": [1]}"\nb,plain text\nc,\n', "csv");
    expect(cases.map(({ key, expected }) => [key, expected])).toEqual([
      ["row-1", { x: [1] }],
      ["row-2", "plain text"],
      ["row-3", undefined],
    ]);
  });

  test.each([
    { header: "key,question", message: 'unknown column "question"' },
    { header: "key,var.", message: 'unknown column "var."' },
    { header: "key,__proto__", message: 'unknown column "__proto__"' },
    { header: "key,key", message: 'the column "key" is there twice' },
    { header: "input,message", message: "keep one" },
    { header: "expected,expected.a", message: "either" },
  ])("with the header $header is refused", async ({ header, message }) => {
    expect(await errorsOf(`${header}\n1,2\n`, "csv")).toEqual([
      { row: 1, message: expect.stringContaining(message) },
    ]);
  });

  test("is refused with the line each wrong record begins on", async () => {
    const errors = await errorsOf('key,input\na,"one\ntwo"\nb\nc,x,y\nd,"a"b\na,again\n', "csv");
    expect(errors.map(({ row }) => row)).toEqual([4, 5, 6, 7]);
    expect(errors.map(({ message }) => message)).toEqual([
      "has 1 cells, the header has 2",
      "has 3 cells, the header has 2",
      expect.stringContaining("a quote stands within a cell"),
      'the key "a" is that of row 2 already',
    ]);
  });

  test("is read row by row as its text comes, so that others are served between long rows", async () => {
    let rows = 0;
    const readBefore: number[] = [];
    async function* chunks() {
      yield "key,input\n";
      for (let n = 0; n < 3; n++) {
        readBefore.push(rows);
        yield `k${n},hello\n`;
      }
      readBefore.push(rows);
    }
    const onRecord = () => {
      rows += 1;
    };
    await collect(parseCases(chunks(), { format: "csv", onRecord }));
    expect(readBefore).toEqual([0, 1, 2, 3]);
  });

  test("with a quote left open does not swallow the file", async () => {
    const errors = await errorsOf(`key,input\na,x\nb,"open\n${"c,d\n".repeat(200_000)}`, "csv");
    expect(errors).toEqual([{ row: 3, message: expect.stringContaining("quote left open") }]);
  });

  test("has the cells that a reader of another hand finds", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\r", "\n", " ") });
    const end = fc.constantFrom("\r\n", "\n", "\r");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1 }), end, async (rows, end) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = ["var.a,var.b", ...rows.map((row) => row.map(quoted).join(","))].join(end);
        const [, ...theirs] = parse(text, { record_delimiter: end });
        const cases = await read(text, "csv");
        expect(cases.map(({ variables }) => [variables?.a, variables?.b])).toEqual(theirs);
      }),
    );
  });

  test("with a variable called __proto__ is refused", async () => {
    const errors = await errorsOf("key,var.__proto__,var.q\na,x,y\n", "csv");
    expect(errors).toEqual([{ row: 2, message: "a key is called __proto__" }]);
  });
});

describe("wrong rows that are to be left out", () => {
  test("are told with their cells and lines, and the rest is read", async () => {
    const wrong: WrongRecord[] = [];
    const text = "key,input\na,x\nb\na,again\nc,y\n";
    const onWrong = (record: WrongRecord) => wrong.push(record);
    const cases = await collect(parseCases(inPieces(text), { format: "csv", onWrong }));
    expect(cases.map(({ key }) => key)).toEqual(["a", "c"]);
    expect(wrong).toEqual([
      { row: 3, message: "has 1 cells, the header has 2", cells: ["b"] },
      { row: 4, message: 'the key "a" is that of row 2 already', cells: ["a", "again"] },
    ]);
  });

  test("are refused when they are all there is", async () => {
    const read = collect(parseCases(inPieces("nonsense"), { format: "jsonl", onWrong: () => undefined }));
    await expect(read).rejects.toMatchObject({ code: "dataset_invalid" });
  });

  test("are not made of the last row of a text that is cut", async () => {
    const wrong: WrongRecord[] = [];
    const options = {
      format: "csv",
      isCut: true,
      onWrong: (record: WrongRecord) => wrong.push(record),
    } as const;
    const cases = await collect(parseCases(inPieces('key,input\na,x\nb,"begi'), options));
    expect([cases.map(({ key }) => key), wrong]).toEqual([["a"], []]);
  });
});

test("rows put after others may not have their keys, and are named after them", async () => {
  const takenKeys = new Set(["a", "row-1"]);
  const read = (text: string) => collect(parseCases(inPieces(text), { format: "csv", takenKeys }));
  expect(await read("input\nx\n")).toMatchObject([{ key: "row-3" }]);
  await expect(read("key,input\na,x\n")).rejects.toMatchObject({
    details: { errors: [{ row: 2, message: expect.stringContaining("of the dataset already") }] },
  });
});

describe("any file", () => {
  test("reads the same however its text is cut into pieces", async () => {
    const whole = await read(CSV, "csv");
    for (let length = 1; length <= 40; length++)
      expect(await collect(parseCases(inPieces(CSV, length), { format: "csv" }))).toEqual(whole);
  });

  test("gives cases or a refusal, never another error", async () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom("key,input", 'a,"b', '{"key":"a","variables":{}}', "\u0000", '""', "expected.a,var.b"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.constantFrom("csv", "jsonl"), async (lines, format) => {
        try {
          for (const read of await collect(parseCases(inPieces(lines.join("\n"), 7), { format })))
            Case.parse(read);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      }),
    );
  });
});
