import { expect, test } from "vitest";
import { formatOf, mappingOf, queryOf, rolesFor } from "./import-plan.ts";

test("a file is JSONL by its ending, and else CSV", () => {
  expect(["a.JSONL", "a.ndjson", "a.csv", "a.tsv.txt"].map(formatOf)).toEqual([
    "jsonl",
    "jsonl",
    "csv",
    "csv",
  ]);
});

test("what was chosen for columns becomes the query", () => {
  const columns = [
    { name: "a&b", role: "key", samples: [] },
    { name: "q", role: "var.q", samples: [] },
  ];
  const query = new URLSearchParams(
    queryOf({ format: "csv", mode: "append", mapping: mappingOf(columns) }, { isCut: "true" }),
  );
  expect(Object.fromEntries(query)).toEqual({
    format: "csv",
    mode: "append",
    mapping: '{"a&b":"key","q":"var.q"}',
    isCut: "true",
  });
});

test("a column can become a variable or a field of its own name, once without the prefix it has", () => {
  expect(rolesFor("var.city").at(-2)).toEqual({ value: "var.city", kind: "variable", name: "city" });
  expect(rolesFor("intent").at(-1)).toEqual({
    value: "expected.intent",
    kind: "expectedField",
    name: "intent",
  });
  expect(rolesFor("").map(({ value }) => value)).toContain("-");
  expect(rolesFor("")).toHaveLength(8);
});
