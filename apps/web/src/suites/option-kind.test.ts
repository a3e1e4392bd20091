import { expect, test } from "vitest";
import { optionsOf } from "./option-kind.ts";

test("every kind of option gets the field that fits it", () => {
  const schema = {
    type: "object",
    required: ["criteria"],
    properties: {
      criteria: { type: "string", maxLength: 20_000, description: "What is asked." },
      path: { type: "string", maxLength: 64, default: "/" },
      n: { type: "integer", default: 1 },
      trim: { type: "boolean" },
      match: { type: "string", enum: ["all", "any"] },
      values: { type: "array", items: { type: "string" } },
      schema: { type: "object" },
      judge: { anyOf: [{ type: "string", maxLength: 80 }, { type: "object" }], default: "judge-x" },
      messages: { type: "array", items: { type: "object" } },
    },
  };
  const kinds = Object.fromEntries(optionsOf(schema).map(({ name, kind }) => [name, kind]));
  expect(kinds).toEqual({
    criteria: { kind: "text", isLong: true },
    path: { kind: "text", isLong: false },
    n: { kind: "number" },
    trim: { kind: "boolean" },
    match: { kind: "choice", options: ["all", "any"] },
    values: { kind: "texts" },
    schema: { kind: "json" },
    judge: { kind: "text", isLong: false },
    messages: { kind: "json" },
  });
  expect(optionsOf(schema)[0]).toMatchObject({ isRequired: true, description: "What is asked." });
  expect(optionsOf(schema)[1]).toMatchObject({ isRequired: false, default: "/" });
});

test("a scorer without options has none", () => {
  expect(optionsOf({ type: "object", properties: {} })).toEqual([]);
  expect(optionsOf({})).toEqual([]);
});
