import { expect, test } from "vitest";
import { fieldsOf, readSamples } from "./sample-fields.ts";

const SCHEMA = JSON.stringify({ properties: { name: { type: "string" }, age: { type: "integer" } } });

test("each declared variable gets the field that fits it, and used ones that nobody declared a text", () => {
  const fields = fieldsOf(SCHEMA, ["name", "city"]);
  expect(fields.map(({ name, kind }) => [name, kind])).toEqual([
    ["name", "text"],
    ["age", "number"],
    ["city", "text"],
  ]);
});

test("a broken schema still leaves the variables that are used", () => {
  expect(fieldsOf("{", ["x"]).map(({ name }) => name)).toEqual(["x"]);
});

test("kept samples of another shape are none", () => {
  expect(readSamples('{"a":"x","b":1}')).toEqual({ a: "x" });
  expect(readSamples("[")).toEqual({});
});
