import { expect, test } from "vitest";
import { toGrammarSchema } from "./grammar-schema.ts";

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
