import { expect, test } from "vitest";
import { GRAMMAR_MAX, toGrammarSchema } from "./grammar-schema.ts";

test("what a grammar can enforce is kept, and what only narrows is left to validation", () => {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: {
      intent: { enum: ["a", "b"], description: "why" },
      age: { type: "integer", minimum: 0 },
      code: { type: "string", pattern: "^x", maxLength: 5 },
      tags: { type: "array", items: { $ref: "#/$defs/tag" }, maxItems: 3 },
      note: { type: ["string", "null"] },
    },
    required: ["intent"],
    $defs: { tag: { const: "t" } },
  };
  expect(toGrammarSchema(schema)).toEqual({
    schema: {
      type: "object",
      properties: {
        intent: { enum: ["a", "b"] },
        age: { type: "integer" },
        code: { type: "string", maxLength: 5 },
        tags: { type: "array", items: { $ref: "#/$defs/tag" }, maxItems: 3 },
        note: { oneOf: [{ type: "string" }, { type: "null" }] },
      },
      additionalProperties: false,
      $defs: { tag: { const: "t" } },
    },
  });
});

test.each([
  [{}, "needs a type"],
  [true, "not an object"],
  [{ allOf: [{ type: "string" }] }, "allOf"],
  [{ $ref: "https://example.com/schema" }, "#/$defs/"],
  [{ type: "object", properties: { a: {} } }, "the schema.a"],
  [{ type: "object", properties: {}, required: ["b"] }, "property b"],
  [{ type: "object", patternProperties: { "^x": { type: "string" } } }, "patternProperties"],
])("%j is refused with the place and the reason", (schema, reason) => {
  expect(toGrammarSchema(schema)).toEqual({ refused: expect.stringContaining(reason) });
});

test("a schema nested without end is refused", () => {
  let schema: Record<string, unknown> = { type: "string" };
  for (let depth = 0; depth < 200; depth++) schema = { type: "array", items: schema };
  expect(toGrammarSchema(schema)).toEqual({ refused: expect.stringContaining("too deeply") });
});

const many = <T>(count: number, item: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => item(index));
const manyTypes = (depth: number): object => ({
  type: many(10, () => "object"),
  properties: depth === 0 ? {} : { a: manyTypes(depth - 1) },
});

test.each<[string, object]>([
  ["enumerated values", { enum: many(GRAMMAR_MAX.values + 1, String) }],
  [
    "enumerated values",
    { type: "object", properties: { a: { enum: many(200, String) }, b: { enum: many(200, String) } } },
  ],
  ["subschemas", { anyOf: many(GRAMMAR_MAX.schemas, () => ({ type: "null" })) }],
  ["subschemas", manyTypes(20)],
  ["characters", { const: "x".repeat(GRAMMAR_MAX.textChars) }],
  [
    "characters",
    { type: "object", properties: { ["x".repeat(GRAMMAR_MAX.textChars + 1)]: { type: "null" } } },
  ],
])("a schema with too many %s is refused", (what, schema) => {
  expect(toGrammarSchema(schema)).toEqual({ refused: expect.stringContaining(what) });
});

test("a schema as large as a grammar may be is accepted", () => {
  expect(toGrammarSchema({ enum: many(GRAMMAR_MAX.values, String) })).toHaveProperty("schema");
  expect(toGrammarSchema({ anyOf: many(GRAMMAR_MAX.schemas - 1, () => ({ type: "null" })) })).toHaveProperty(
    "schema",
  );
});
