import { LIMITS } from "@assay/core";
import { describe, expect, test } from "vitest";
import { compileJsonSchema } from "./json-schema.ts";
import { compileLinearRegex } from "./linear-regex.ts";

describe("a JSON Schema", () => {
  test("says what is wrong and where", () => {
    const validate = compileJsonSchema({
      type: "object",
      properties: { id: { type: "integer" }, at: { type: "string", format: "date" } },
      required: ["id"],
      additionalProperties: false,
    });
    expect(validate({ id: 1, at: "2026-11-22" })).toEqual([]);
    expect(validate({ at: "2026-99-99", x: 1 }).map(({ path, message }) => `${path} ${message}`)).toEqual([
      " must have required property 'id'",
      " must NOT have additional properties (x)",
      '/at must match format "date"',
    ]);
  });

  test("may refer within itself, also to its own root", () => {
    const validate = compileJsonSchema({
      type: "object",
      properties: { next: { $ref: "#" }, id: { $ref: "#/$defs/id" } },
      $defs: { id: { type: "integer" } },
    });
    expect(validate({ id: 1, next: { id: 2, next: { id: 3 } } })).toEqual([]);
    expect(validate({ next: { next: { id: "3" } } })).toMatchObject([{ path: "/next/next/id" }]);
  });

  test("of one tenant does not meet another's of the same $id", () => {
    const a = compileJsonSchema({ $id: "https://example.com/answer", type: "string" });
    const b = compileJsonSchema({ $id: "https://example.com/answer", type: "number" });
    expect([a("x"), b(1)]).toEqual([[], []]);
    expect(() => compileJsonSchema({ $ref: "https://example.com/answer" })).toThrow(
      /can't resolve reference/,
    );
  });

  test("whose references multiply stops instead of running on", () => {
    const $defs: Record<string, { [key: string]: never }> = { d40: {} };
    for (let level = 0; level < 40; level++) {
      const $ref = `#/$defs/d${level + 1}`;
      $defs[`d${level}`] = { allOf: [{ $ref }, { $ref }] } as never;
    }
    const validate = compileJsonSchema({ $ref: "#/$defs/d0", $defs });
    expect(validate(1)).toMatchObject([{ message: expect.stringContaining("too long") }]);
    expect(validate(1)).toHaveLength(1);
  });

  test("that refers to itself on the spot stops as well", () => {
    expect(compileJsonSchema({ allOf: [{ $ref: "#" }] })(1)).toHaveLength(1);
  });

  test("bounds what patterns may cost over all texts of a value", () => {
    const validate = compileJsonSchema({ type: "array", items: { pattern: "(?:[ab]{1,40}c?){20}$" } });
    expect(validate(Array.from({ length: 2_000 }, () => "ab".repeat(50)))).toMatchObject([
      { message: expect.stringContaining("too long") },
    ]);
  });

  test.each([
    ["values", { enum: Array.from({ length: LIMITS.schemaValuesMax }, (_, index) => index) }],
    ["objects", { allOf: Array.from({ length: LIMITS.schemaObjectsMax }, () => ({})) }],
  ])("with more %s than may be compiled is refused", (_, schema) => {
    expect(() => compileJsonSchema(schema)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });

  test("looks a value up in a long enum instead of comparing it with each", () => {
    const validate = compileJsonSchema({
      items: { enum: Array.from({ length: 10_000 }, (_, i) => `v${i}`) },
    });
    expect(validate(Array.from({ length: 20_000 }, () => "v9999"))).toEqual([]);
    expect(compileJsonSchema({ enum: [{ a: 1, b: 2 }] })({ b: 2, a: 1 })).toEqual([]);
    expect(compileJsonSchema({ const: { a: 1 } })({ a: 2 })).toMatchObject([{ keyword: "const" }]);
  });

  const many = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each);
  const keys = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, 1]));
  test.each([
    {
      label: "alternatives",
      schema: { items: { anyOf: many(900, { type: "null" }) } },
      value: many(60_000, 1),
    },
    { label: "lengths", schema: { allOf: many(900, { minLength: 1 }) }, value: "a".repeat(200_000) },
    { label: "sizes", schema: { allOf: many(900, { minProperties: 1 }) }, value: keys },
    { label: "formats", schema: { allOf: many(900, { format: "email" }) }, value: "a".repeat(200_000) },
    { label: "duplicates", schema: { allOf: many(900, { uniqueItems: true }) }, value: Object.keys(keys) },
    { label: "names", schema: { allOf: many(400, { propertyNames: { type: "string" } }) }, value: keys },
  ])("whose $label multiply with the value stops instead of running on", ({ schema, value }) => {
    expect(compileJsonSchema(schema)(value)).toMatchObject([
      { message: expect.stringContaining("too long") },
    ]);
  });

  test("finds duplicates among objects whatever the order of their keys", () => {
    const validate = compileJsonSchema({ uniqueItems: true });
    expect(validate([{ a: 1, b: 2 }, { a: 1 }])).toEqual([]);
    expect(
      validate([
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ]),
    ).toHaveLength(1);
  });
});

describe("a regular expression", () => {
  test.each([
    ["(?=a)b", /look-ahead/],
    ["(?<!a)b", /look-behind/],
    ["(a)\\1", /back-references/],
    ["[", /missing closing/],
    ["(a{1000}){1000}", /repeat count/],
  ])("like %s is refused with the reason", (pattern, reason) => {
    expect(() => compileLinearRegex(pattern)).toThrow(reason);
  });

  test("that would backtrack without end is answered at once", () => {
    expect(compileLinearRegex("^(a+)+$").test(`${"a".repeat(50_000)}b`)).toBe(false);
  });

  test("reads JavaScript's escapes and flags", () => {
    expect(compileLinearRegex("^\\u0041\\/\\d$").test("A/1")).toBe(true);
    expect(compileLinearRegex("^b.c$", "ims").test("a\nB\nC")).toBe(true);
    expect(compileLinearRegex("^b$").test("a\nB")).toBe(false);
  });
});
