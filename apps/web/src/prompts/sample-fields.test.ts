import { expect, test } from "vitest";
import { fieldsOf, readSamples, sampleOf, variablesOf } from "./sample-fields.ts";

const SCHEMA = JSON.stringify({
  type: "object",
  properties: {
    name: { type: "string", description: "Whom to greet" },
    age: { type: "integer" },
    isNew: { type: "boolean" },
    tone: { enum: ["kind", "brief"] },
    topics: { type: "array", items: { type: "string" } },
    order: { type: "object" },
  },
  required: ["name"],
});

test("each variable gets the field that fits it, used ones that nobody declared a text", () => {
  const fields = fieldsOf(SCHEMA, ["name", "city"]);
  expect(fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
    ["name", "text", true],
    ["age", "number", false],
    ["isNew", "boolean", false],
    ["tone", "choice", false],
    ["topics", "list", false],
    ["order", "json", false],
    ["city", "text", false],
  ]);
});

test("typed samples become values of their kinds; what is empty or unreadable is no value", () => {
  const fields = fieldsOf(SCHEMA, []);
  const samples = { name: "Ada", age: "3", isNew: "false", topics: "a\n\nb", order: '{"id":1}', tone: "" };
  expect(variablesOf(fields, samples)).toEqual({
    name: "Ada",
    age: 3,
    isNew: false,
    topics: ["a", "b"],
    order: { id: 1 },
  });
  expect(variablesOf(fields, { age: "old", order: "{", name: " " })).toEqual({});
});

test("a broken schema still leaves the variables that are used", () => {
  expect(fieldsOf("{", ["x"]).map(({ name }) => name)).toEqual(["x"]);
});

test("values of a case can be typed back", () => {
  expect([sampleOf("a"), sampleOf(3), sampleOf(["a", "b"]), sampleOf({ a: 1 })]).toEqual([
    "a",
    "3",
    "a\nb",
    '{"a":1}',
  ]);
});

test("kept samples of another shape are none", () => {
  expect(readSamples('{"a":"x","b":1}')).toEqual({ a: "x" });
  expect(readSamples("[")).toEqual({});
});
