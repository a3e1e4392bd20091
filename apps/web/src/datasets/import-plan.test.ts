import { expect, test } from "vitest";
import {
  firstModeOf,
  formatOf,
  lackingIn,
  mappingOf,
  outcomeOf,
  queryOf,
  readRole,
  rolesOf,
  writeRole,
} from "./import-plan.ts";

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

test("a role is read and written alike, and takes the column's name where none is given", () => {
  for (const role of ["-", "key", "input", "expected", "var.city", "expected.intent.main"]) {
    expect(writeRole({ ...readRole(role), column: "x" })).toBe(role);
  }
  expect(writeRole({ kind: "expectedField", name: " ", column: "intent" })).toBe("expected.intent");
  expect(writeRole({ kind: "variable", name: "", column: "expected.city" })).toBe("var.city");
  expect(writeRole({ kind: "expectedField", name: "", column: "expected_intent" })).toBe("expected.intent");
  expect(writeRole({ kind: "expectedField", name: "answer_tone", column: "answer_tone" })).toBe(
    "expected.tone",
  );
  expect(writeRole({ kind: "expectedField", name: "answer_x", column: "tone" })).toBe("expected.answer_x");
  expect(writeRole({ kind: "variable", name: "place", column: "city" })).toBe("var.place");
  expect(readRole("what is this")).toEqual({ kind: "nothing", name: "" });
});

test("a file without anything to ask, or without anything expected, is told of", () => {
  expect(lackingIn(["key", "tags"])).toEqual(["input", "expected"]);
  expect(lackingIn(["input", "-"])).toEqual(["expected"]);
  expect(lackingIn(["var.city", "expected.intent"])).toEqual([]);
  expect(lackingIn(["messages", "expected"])).toEqual([]);
});

test("what is there is kept unless somebody says otherwise, and nothing is added to where nothing is", () => {
  expect(firstModeOf({ latestVersion: 3 })).toBe("append");
  expect(firstModeOf({ latestVersion: null })).toBe("replace");
});

test("tells what the next version would hold", () => {
  const dataset = { latestVersion: 3, caseCount: 20 };
  const next = { from: 3, version: 4, before: 20 };
  expect(outcomeOf({ mode: "append" }, dataset, 10)).toEqual({ ...next, total: 30 });
  expect(outcomeOf({ mode: "replace" }, dataset, 10)).toEqual({ ...next, total: 10 });
  expect(outcomeOf({ mode: "replace" }, { latestVersion: null, caseCount: null }, 10)).toBeNull();
});

test("a column has the role that was chosen, else the one that was guessed", () => {
  const columns = ["a", "b"].map((name) => ({ name, role: "input", samples: [] }));
  expect(rolesOf({ format: "csv", mode: "append", mapping: { a: "key" } }, { columns })).toEqual([
    "key",
    "input",
  ]);
});
