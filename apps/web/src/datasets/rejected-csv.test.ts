import { expect, test } from "vitest";
import { rejectedCsv } from "./rejected-csv.ts";

test("rejected rows come with line and problem, and run nowhere as a formula", () => {
  const wrong = [
    { row: 3, message: "has 1 fields", cells: ['=HYPERLINK("http://x")', "a,b"], isShortened: false },
    { row: 9, message: "@is wrong", cells: ["+1", "-2", '"', "two\nlines"], isShortened: false },
  ];
  const csv = rejectedCsv(["=name", "text"], wrong, ["line", "problem"]);
  expect(csv).toBe(
    [
      "line,problem,'=name,text",
      `3,has 1 fields,"'=HYPERLINK(""http://x"")","a,b"`,
      `9,'@is wrong,'+1,'-2,"""","two\nlines"`,
      "",
    ].join("\r\n"),
  );
});
