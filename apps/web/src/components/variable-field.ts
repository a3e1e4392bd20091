import type { Json, JsonSchema } from "@assay/core";
import { schemaKind } from "./schema-kind.ts";

/** How a variable is asked for: by its type in the schema, as JSON where a plain field would not do. */
export interface VariableField {
  name: string;
  kind: "text" | "number" | "boolean" | "choice" | "json";
  isRequired: boolean;
  description: string | undefined;
  /** Of a choice. */
  choices: readonly string[];
}

/** What was typed, by the variable's name; a field that was never touched has none. */
export type TypedVariables = Readonly<Record<string, string>>;

/** One field for each property that the schema names, in its order. */
export function variableFields(schema: JsonSchema | undefined): VariableField[] {
  const properties = objectOf(schema?.properties) ?? {};
  const required = Array.isArray(schema?.required) ? schema.required : [];
  return Object.entries(properties).map(([name, property]) => {
    const about = objectOf(property) ?? {};
    const choices = choicesOf(about);
    return {
      name,
      kind: choices.length > 0 ? "choice" : schemaKind(about.type),
      isRequired: required.includes(name),
      description: typeof about.description === "string" ? about.description : undefined,
      choices,
    };
  });
}

/** The fields of several schemas together; where two name the same variable the first one's field is shown. */
export function mergeFields(lists: readonly (readonly VariableField[])[]): VariableField[] {
  const byName = new Map<string, VariableField>();
  for (const field of lists.flat()) if (!byName.has(field.name)) byName.set(field.name, field);
  return [...byName.values()];
}

/** The values that were typed into these fields, and the names of those that are no value of their kind. */
export function readVariables(
  fields: readonly VariableField[],
  typed: TypedVariables,
): { variables: Record<string, Json>; wrong: string[] } {
  const variables: Record<string, Json> = {};
  const wrong: string[] = [];
  for (const field of fields) {
    const text = typed[field.name] ?? "";
    // Nothing typed is nothing sent, but a required text may well be empty.
    if (text === "" && !(field.isRequired && field.kind === "text")) continue;
    const value = typedValue(field.kind, text);
    if (value === undefined) wrong.push(field.name);
    else variables[field.name] = value;
  }
  return { variables, wrong };
}

/** Values as they would be typed. */
export function typeVariables(variables: Readonly<Record<string, Json>>): TypedVariables {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value, null, 2),
    ]),
  );
}

function typedValue(kind: VariableField["kind"], text: string): Json | undefined {
  if (kind === "text" || kind === "choice") return text;
  try {
    const value = JSON.parse(text) as Json;
    if (kind === "number") return typeof value === "number" ? value : undefined;
    if (kind === "boolean") return typeof value === "boolean" ? value : undefined;
    return value;
  } catch {
    return undefined;
  }
}

function choicesOf(property: { [name: string]: Json }): string[] {
  const { enum: choices } = property;
  if (!Array.isArray(choices)) return [];
  const texts = choices.filter((choice) => typeof choice === "string");
  return texts.length === choices.length ? texts : [];
}

function objectOf(value: unknown): { [name: string]: Json } | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { [name: string]: Json })
    : undefined;
}
