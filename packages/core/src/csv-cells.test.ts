import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { csvCells } from "./csv-cells.ts";

describe("a record of CSV", () => {
  it.each([
    ["a,b", ["a", "b"]],
    ["", [""]],
    ["a,", ["a", ""]],
    [",,", ["", "", ""]],
    [" a , b ", [" a ", " b "]],
    ['"x, ""y""\r\nz",2', ['x, "y"\r\nz', "2"]],
    ['"",""""', ["", '"']],
    ['a,"b"', ["a", "b"]],
  ])("%j has the cells %j", (record, cells) => {
    expect(csvCells(record)).toEqual({ ok: true, cells });
  });

  it.each(['x "q" y,z', '"x" ,y', ' "x",y', '"a"b', 'a"'])("%j has a quote within a cell", (record) => {
    expect(csvCells(record)).toEqual({ ok: false, message: expect.stringContaining("within a cell") });
  });

  it.each(['"', 'a,"b', '"a""', '"a,b\nc'])("%j has a quote left open", (record) => {
    expect(csvCells(record)).toEqual({ ok: false, message: "a quote is left open" });
  });
});

test("any cells are read back from the record that they make", () => {
  const anyText = fc.string({ unit: fc.constantFrom("a", '"', ",", "\r", "\n", " ", "ż") });
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1 }), (cells) => {
      const record = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
      expect(csvCells(record)).toEqual({ ok: true, cells });
    }),
  );
});
