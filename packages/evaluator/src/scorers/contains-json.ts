import { JsonSchema } from "@assay/core";
import { z } from "zod";
import { defineScorer, scored } from "../define-scorer.ts";
import { findJson } from "../find-json.ts";
import { compileJsonSchema } from "../json-schema.ts";
import { refuseBadSchema } from "../refuse-bad-schema.ts";

const STEPS_PER_CHARACTER = 60;

export const containsJson = defineScorer({
  type: "contains-json",
  title: "Contains JSON",
  description:
    "1 when the output has a JSON object or list somewhere in it, which follows the schema where there is one; else 0.",
  revision: 1,
  options: z
    .strictObject({
      schema: JsonSchema.optional().describe(
        "A JSON Schema (draft 2020-12) that one of the values must follow.",
      ),
    })
    .superRefine(refuseBadSchema),
  steps: ({ output }) => output.length * STEPS_PER_CHARACTER,
  score: ({ output }, { schema }) => {
    const values = findJson(output);
    if (values.length === 0) return scored(0, "there is no JSON object or list in the output");
    if (schema === undefined) return scored(1);
    const validate = compileJsonSchema(schema);
    const problems = values.map((value) => validate(value)[0]);
    const [first] = problems;
    if (problems.includes(undefined) || first === undefined) return scored(1);
    return scored(0, `${first.path || "the JSON"} ${first.message}`);
  },
});
