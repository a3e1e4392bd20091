import type { ScorerInfo } from "./suite.ts";

/** One option of a scorer, for people. */
export interface ScorerOption {
  name: string;
  /** As a reader of suites writes it: `text`, `whole number`, `all | any`, `list of text`. */
  type: string;
  isRequired: boolean;
  /** As JSON; undefined without one. */
  default: string | undefined;
  description: string;
}

/** The options of a scorer from the JSON Schema of its list entry, in the order of the schema. */
export function scorerOptions({ options }: Pick<ScorerInfo, "options">): ScorerOption[] {
  const required = Array.isArray(options.required) ? options.required : [];
  return Object.entries(asSchema(options.properties)).map(([name, property]) => {
    const schema = asSchema(property);
    return {
      name,
      type: typeOf(schema),
      isRequired: required.includes(name),
      default: schema.default === undefined ? undefined : JSON.stringify(schema.default),
      description: typeof schema.description === "string" ? schema.description : "",
    };
  });
}

type Schema = { [keyword: string]: unknown };

function asSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "object",
};

function typeOf(schema: Schema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(" | ");
  if ("const" in schema) return String(schema.const);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives))
    return [...new Set(alternatives.map((alternative) => typeOf(asSchema(alternative))))].join(" or ");
  if (schema.type === "array") return `list of ${typeOf(asSchema(schema.items))}`;
  return TYPES[String(schema.type)] ?? "anything";
}
