import { canonicalJson, type Json } from "@assay/core";
import { z } from "zod";
import { defineScorer, notScored, type ScoreInput, scored } from "../define-scorer.ts";
import { expectedJson } from "../expected-json.ts";
import { parseJson } from "../parse-json.ts";

export const jsonFields = defineScorer({
  type: "json-fields",
  title: "JSON fields",
  description: "The share of the expectation's fields that the output's JSON has with the same value.",
  revision: 1,
  options: z.strictObject({
    fields: z
      .array(z.string().min(1).max(256))
      .min(1)
      .max(200)
      .refine((fields) => new Set(fields).size === fields.length, "a field is named twice")
      .optional()
      .describe(
        "Fields to compare, with dots into objects and lists (order.items.0.id); without it all of the top level.",
      ),
    tolerance: z
      .number()
      .min(0)
      .default(0)
      .describe("How far numbers may be apart and still count as the same."),
  }),
  score: scoreFields,
});

function scoreFields(
  { output, testCase }: ScoreInput,
  options: { fields?: string[] | undefined; tolerance: number },
) {
  const expected = expectedJson(testCase);
  if (!expected.ok) return notScored(expected.message);
  if (!isContainer(expected.value)) return notScored("the expectation is not a JSON object");
  const fields = options.fields ?? Object.keys(expected.value);
  if (fields.length === 0) return notScored("the expectation has no fields");
  const wanted = fields.map((field) => ({ field, value: fieldOf(expected.value, field) }));
  const unknown = wanted.find(({ value }) => value === undefined);
  if (unknown !== undefined) return notScored(`the expectation has no field ${unknown.field}`);

  const found = parseJson(output);
  if (!found.ok) return scored(0, `the output is not JSON: ${found.message}`);
  const wrong = wanted.filter(
    ({ field, value }) => !isSame(value, fieldOf(found.value, field), options.tolerance),
  );
  const score = (wanted.length - wrong.length) / wanted.length;
  return wrong.length === 0
    ? scored(1)
    : scored(score, `wrong: ${wrong.map(({ field }) => field).join(", ")}`);
}

type Container = Json[] | { [key: string]: Json };

function isContainer(value: Json | undefined): value is Container {
  return typeof value === "object" && value !== null;
}

/** The value at a dotted path; a key that contains the dots itself wins over the path. */
function fieldOf(value: Json, field: string): Json | undefined {
  const whole = memberOf(value, field);
  if (whole !== undefined) return whole;
  return field.split(".").reduce<Json | undefined>((inner, key) => memberOf(inner, key), value);
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  if (!isContainer(value) || !Object.hasOwn(value, key)) return undefined;
  if (Array.isArray(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined;
  return value[key];
}

function isSame(wanted: Json | undefined, found: Json | undefined, tolerance: number): boolean {
  if (wanted === undefined || found === undefined) return false;
  if (typeof wanted === "number" && typeof found === "number") return Math.abs(wanted - found) <= tolerance;
  if (!isContainer(wanted) || !isContainer(found)) return canonicalJson(wanted) === canonicalJson(found);
  if (Array.isArray(wanted) !== Array.isArray(found)) return false;
  const keys = Object.keys(wanted);
  return (
    keys.length === Object.keys(found).length &&
    keys.every((key) => isSame(memberOf(wanted, key), memberOf(found, key), tolerance))
  );
}
