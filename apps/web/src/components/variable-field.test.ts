import { expect, test } from "vitest";
import { mergeFields, readVariables, typeVariables, variableFields } from "./variable-field.ts";

const SCHEMA = {
  type: "object",
  properties: {
    name: { type: "string", description: "Who asks" },
    age: { type: "integer" },
    vip: { type: "boolean" },
    tier: { type: "string", enum: ["gold", "silver"] },
    orders: { type: "array", items: { type: "string" } },
  },
  required: ["name"],
};

test("each property of a schema gets the field that fits its type", () => {
  expect(variableFields(SCHEMA).map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
    ["name", "text", true],
    ["age", "number", false],
    ["vip", "boolean", false],
    ["tier", "choice", false],
    ["orders", "json", false],
  ]);
  expect(variableFields(undefined)).toEqual([]);
  expect(variableFields({ properties: [] })).toEqual([]);
});

test("what was typed becomes values of the right type, and nothing typed is nothing sent", () => {
  const fields = variableFields(SCHEMA);
  const typed = { age: "41", vip: "true", orders: '["a"]', unknown: "x" };
  expect(readVariables(fields, typed)).toEqual({
    variables: { name: "", age: 41, vip: true, orders: ["a"] },
    wrong: [],
  });
});

test("what is no value of its kind is named and not sent", () => {
  const { variables, wrong } = readVariables(variableFields(SCHEMA), { age: "old", vip: "1", orders: "[" });
  expect(wrong).toEqual(["age", "vip", "orders"]);
  expect(variables).toEqual({ name: "" });
});

test("values come back as they would be typed", () => {
  const variables = { name: "Ann", age: 41, vip: false, orders: ["a"] };
  expect(readVariables(variableFields(SCHEMA), typeVariables(variables)).variables).toEqual(variables);
});

test("of several schemas every variable is asked for once", () => {
  const other = variableFields({ properties: { name: { type: "number" }, city: { type: "string" } } });
  const merged = mergeFields([variableFields(SCHEMA), other]);
  expect(merged.map(({ name }) => name)).toEqual(["name", "age", "vip", "tier", "orders", "city"]);
  expect(merged[0]?.kind).toBe("text");
});
