import { expect, test } from "vitest";
import { rowsOfSchema, type SchemaRow, schemaOfRows, withVariable } from "./schema-rows.ts";

const row = (name: string, rest: Partial<SchemaRow> = {}): SchemaRow => ({
  name,
  type: "string",
  isRequired: false,
  description: "",
  choices: "",
  ...rest,
});

test("every kind of row becomes a schema and the same row again", () => {
  const rows = [
    row("name", { isRequired: true, description: "How to greet them" }),
    row("age", { type: "integer" }),
    row("share", { type: "number" }),
    row("isNew", { type: "boolean", isRequired: true }),
    row("topics", { type: "list" }),
    row("tone", { type: "choice", choices: "kind, brief" }),
  ];
  expect(rowsOfSchema(schemaOfRows(rows))).toEqual(rows);
});

test("no rows are no schema", () => {
  expect(schemaOfRows([])).toBe("");
  expect(rowsOfSchema(" ")).toEqual([]);
});

test.each([
  ["is broken", "{"],
  ["is open", { additionalProperties: true }],
  ["has conditions", { anyOf: [] }],
  ["is no object", { type: "array" }],
  ["bounds a text", { properties: { a: { type: "string", maxLength: 3 } } }],
  ["nests", { properties: { a: { type: "object", properties: {} } } }],
  ["lists numbers", { properties: { a: { type: "array", items: { type: "number" } } } }],
  ["chooses among numbers", { properties: { a: { enum: [1, 2] } } }],
  ["has a choice with a comma", { properties: { a: { enum: ["a, b"] } } }],
  ["requires what it does not describe", { properties: {}, required: ["a"] }],
])("a schema that %s is left to JSON", (_, schema) => {
  const text = typeof schema === "string" ? schema : JSON.stringify(schema);
  expect(rowsOfSchema(text)).toBe(null);
});

test.each(["{", '{"type":"array"}', '{"properties":[]}'])("%s cannot be given a variable", (text) => {
  expect(withVariable(text, "x")).toBe(text);
});

test("a variable is declared in a schema that is written as JSON, which keeps all else", () => {
  const text = JSON.stringify({ properties: { a: { type: "string", maxLength: 3 } }, minProperties: 1 });
  expect(JSON.parse(withVariable(text, "x"))).toEqual({
    properties: { a: { type: "string", maxLength: 3 }, x: { type: "string" } },
    minProperties: 1,
    required: ["x"],
  });
});

test("a variable that is used can be declared with one click", () => {
  expect(rowsOfSchema(withVariable("", "name"))).toEqual([row("name", { isRequired: true })]);
});
