import type { JsonSchema } from "@assay/core";
import {
  mergeFields,
  type TypedVariables,
  type VariableField,
  variableFields,
} from "../components/variable-field.ts";
import { readObject } from "./schema-rows.ts";

/** A field for each variable of the schema, and for those that messages use and nobody declared. */
export function fieldsOf(schemaText: string, used: readonly string[]): VariableField[] {
  const declared = variableFields((readObject(schemaText) ?? undefined) as JsonSchema | undefined);
  const others = variableFields({
    properties: Object.fromEntries(used.map((name) => [name, { type: "string" }])),
    required: [...used],
  });
  return mergeFields([declared, others]);
}

/** Samples that were kept as text. */
export function readSamples(text: string): TypedVariables {
  const kept = Object.entries(readObject(text) ?? {});
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
