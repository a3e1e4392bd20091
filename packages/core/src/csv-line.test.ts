import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "./csv-line.ts";

test("quotes what has a separator, a quotation mark or a line break in it", () => {
  expect(csvLine(["a", "b,c", 'say "hi"', "x;y", "two\nlines", ""])).toBe(
    'a,"b,c","say ""hi""","x;y","two\nlines",\r\n',
  );
});

test.each([
  ["=1", "'=1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@x", "'@x"],
  ["  =1", "  '=1"],
  ["＝1", "'＝1"],
  ["\t=1", "\"'\t'=1\""],
  ["\rx", '"\'\rx"'],
  ["a;=1", '"a;\'=1"'],
  ["a\n@x", '"a\n\'@x"'],
  ["a=b - c", "a=b - c"],
])("writes %j so that no spreadsheet runs it", (text, written) => {
  expect(csvLine(["a", text])).toBe(`a,${written}\r\n`);
});

test("no formula begins a cell, whether a spreadsheet splits at commas, semicolons or tabs and minds quotes or not", () => {
  const text = fc.string({ unit: fc.constantFrom("=", "+", "-", "@", ";", "\t", "\r", "\n", " ", '"', "a") });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (cells) => {
      const line = csvLine(cells);
      for (const part of line.split(/[;\t\r\n]/)) expect(part).not.toMatch(/^"? *[=+\-@]/);
    }),
  );
});
