import { readObject } from "./schema-rows.ts";

export type FieldKind = "text" | "number" | "boolean" | "choice" | "list" | "json";

/** A field in which a sample value of a variable is typed. */
export interface SampleField {
  name: string;
  kind: FieldKind;
  choices: string[];
  description: string;
  isRequired: boolean;
}

/** Sample values as they are typed, by the variable's name. */
export type Samples = Record<string, string>;

/** A field for each variable of the schema, and for those that messages use and nobody declared. */
export function fieldsOf(schemaText: string, used: readonly string[]): SampleField[] {
  const schema = readObject(schemaText);
  const properties = Object.entries(asObject(schema?.properties) ?? {});
  const required = Array.isArray(schema?.required) ? schema.required : [];
  const declared = properties.map(([name, property]) => fieldOf(name, property, required.includes(name)));
  const names = new Set(declared.map(({ name }) => name));
  const others = used.filter((name) => !names.has(name));
  return [...declared, ...others.map((name) => fieldOf(name, { type: "string" }, false))];
}

function fieldOf(name: string, property: unknown, isRequired: boolean): SampleField {
  const { type, description, enum: choices, items } = asObject(property) ?? {};
  const texts = Array.isArray(choices) && choices.every((each) => typeof each === "string") ? choices : [];
  return {
    name,
    kind: texts.length > 0 ? "choice" : kindOf(type, items),
    choices: texts,
    description: typeof description === "string" ? description : "",
    isRequired,
  };
}

function kindOf(type: unknown, items: unknown): FieldKind {
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "boolean";
  if (type === "array" && asObject(items)?.type === "string") return "list";
  return type === "array" || type === "object" ? "json" : "text";
}

/** The variables that typed samples stand for. What is empty or cannot be read is left out. */
export function variablesOf(fields: readonly SampleField[], samples: Samples): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = typedValue(field, samples[field.name] ?? "");
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

function typedValue({ kind }: SampleField, text: string): unknown {
  if (text.trim() === "") return undefined;
  if (kind === "list") return text.split("\n").filter((line) => line.trim() !== "");
  if (kind === "boolean") return text === "true";
  if (kind === "number") {
    const number = Number(text.replace(",", "."));
    return Number.isFinite(number) ? number : undefined;
  }
  return kind === "json" ? readJson(text) : text;
}

/** How a value of a case is typed into its field. */
export function sampleOf(value: unknown): string {
  if (typeof value === "string") return value;
  const isList = Array.isArray(value) && value.every((each) => typeof each === "string");
  return isList ? value.join("\n") : JSON.stringify(value);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Samples that were kept as text. */
export function readSamples(text: string): Samples {
  const kept = Object.entries(readObject(text) ?? {});
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
