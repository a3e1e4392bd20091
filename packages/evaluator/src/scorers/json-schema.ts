import { JsonSchema } from "@assay/core";
import { z } from "zod";
import { defineScorer, scored } from "../define-scorer.ts";
import { compileJsonSchema } from "../json-schema.ts";
import { parseJson } from "../parse-json.ts";
import { refuseBadSchema } from "../refuse-bad-schema.ts";

/** A schema may look at each value of an output for some hundred steps, and a suite or a case bring many schemas. */
const LIGHT_OUTPUT_CHARS_MAX = 16_000;

export const jsonSchema = defineScorer({
  type: "json-schema",
  title: "JSON Schema",
  description: "1 when the output is JSON that follows the schema (draft 2020-12), else 0.",
  revision: 1,
  options: z
    .strictObject({ schema: JsonSchema.describe("What the output must follow.") })
    .superRefine(refuseBadSchema),
  isHeavy: ({ output }) => output.length > LIGHT_OUTPUT_CHARS_MAX,
  score: ({ output }, { schema }) => {
    const parsed = parseJson(output);
    if (!parsed.ok) return scored(0, `the output is not JSON: ${parsed.message}`);
    const [first] = compileJsonSchema(schema)(parsed.value);
    return first === undefined ? scored(1) : scored(0, `${first.path || "the output"} ${first.message}`);
  },
});
