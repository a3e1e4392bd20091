import type { Json } from "@assay/core";
import { schemaKind } from "../components/schema-kind.ts";

/** How an option of a scorer is asked for. */
export type OptionKind =
  | { kind: "text"; isLong: boolean }
  | { kind: "number" }
  | { kind: "boolean" }
  | { kind: "choice"; options: readonly string[] }
  | { kind: "texts" }
  | { kind: "json" };

export interface OptionInfo {
  name: string;
  kind: OptionKind;
  isRequired: boolean;
  default: Json | undefined;
  description: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** A text that may be longer than this is written in a field of several lines. */
const SHORT_TEXT_MAX = 1_000;

/** The options of a scorer, as its JSON Schema lists them. */
export function optionsOf(schema: Schema): OptionInfo[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(asSchema(schema.properties)).map(([name, property]) => {
    const own = asSchema(property);
    return {
      name,
      kind: kindOf(own),
      isRequired: required.includes(name),
      default: own.default as Json | undefined,
      description: typeof own.description === "string" ? own.description : "",
    };
  });
}

function kindOf(schema: Schema): OptionKind {
  if (Array.isArray(schema.enum)) return { kind: "choice", options: schema.enum.map(String) };
  if (Array.isArray(schema.anyOf)) {
    // A judge is written as a text; the other form is what storing makes of it.
    const text = schema.anyOf.map(asSchema).find(({ type }) => type === "string");
    return text === undefined ? { kind: "json" } : kindOf(text);
  }
  if (schema.type === "array" && asSchema(schema.items).type === "string") return { kind: "texts" };
  const kind = schemaKind(schema.type as Json | undefined);
  return kind === "text" ? { kind, isLong: lengthMaxOf(schema) > SHORT_TEXT_MAX } : { kind };
}

function lengthMaxOf({ maxLength }: Schema): number {
  return typeof maxLength === "number" ? maxLength : 0;
}

function asSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}
