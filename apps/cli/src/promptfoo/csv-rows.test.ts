import { describe, expect, it } from "vitest";
import { csvRows } from "./csv-rows.ts";

describe("a CSV file of promptfoo's", () => {
  it("is read with quoted cells, line breaks within them and a byte order mark", () => {
    expect(csvRows('\ufeffa, b \n"x, ""y""\nz",2\n')).toEqual([{ a: 'x, "y"\nz', b: "2" }]);
  });

  it.each(["\n", "\r\n", "\r"])("is read with lines that end in %j", (end) => {
    expect(csvRows(["a,b", "1,2", "3,4"].join(end))).toEqual([
      { a: "1", b: "2" },
      { a: "3", b: "4" },
    ]);
  });

  it("has its short rows filled, its empty ones left out, and ends with or without a line break", () => {
    expect(csvRows("a,b\n1\n\n,\n2,")).toEqual([
      { a: "1", b: "" },
      { a: "2", b: "" },
    ]);
    expect(csvRows("a,b\n1,2,,\n")).toEqual([{ a: "1", b: "2" }]);
    expect(csvRows("")).toEqual([]);
  });

  it.each([
    ['a,b\nx "q" y,z', "line 2: a quote"],
    ['a,b\n"x" ,y', "line 2: a quote"],
    ['a,b\n"1\n2",3\n"left open,y', "line 4: a quote"],
    ["a,b\n1,2,3", "line 2: 3 cells, the header has 2"],
    ["a,a\n1,2", "line 1: the column a stands there twice"],
  ])("is refused rather than read with something lost: %j", (text, message) => {
    expect(() => csvRows(text)).toThrow(message);
  });
});
