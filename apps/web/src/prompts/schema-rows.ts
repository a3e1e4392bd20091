import type { JsonSchema } from "@assay/core";
import { splitList } from "@assay/core/plain";

export const VARIABLE_TYPES = ["string", "number", "integer", "boolean", "list", "choice"] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

/** One variable as a row of a table: the common case of a JSON Schema's property. */
export interface SchemaRow {
  name: string;
  type: VariableType;
  isRequired: boolean;
  description: string;
  /** Of a choice; separated by commas as they are typed. */
  choices: string;
}

type Property = Record<string, unknown>;
const KNOWN_MEMBERS = new Set(["type", "properties", "required", "additionalProperties"]);

/** The schema as rows; null where it says more than rows can, and has to be written as JSON. */
export function rowsOfSchema(text: string): SchemaRow[] | null {
  if (text.trim() === "") return [];
  const schema = readObject(text);
  if (schema === null || Object.keys(schema).some((member) => !KNOWN_MEMBERS.has(member))) return null;
  if (schema.type !== undefined && schema.type !== "object") return null;
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false) return null;
  const { properties = {}, required = [] } = schema;
  if (!isObject(properties) || !isNames(required)) return null;
  if (required.some((name) => !Object.hasOwn(properties, name))) return null;
  const rows = Object.entries(properties).map(([name, property]) =>
    rowOf(name, property, required.includes(name)),
  );
  return rows.every((row) => row !== null) ? rows : null;
}

function rowOf(name: string, property: unknown, isRequired: boolean): SchemaRow | null {
  if (!isObject(property)) return null;
  const { description = "", ...rest } = property;
  if (typeof description !== "string") return null;
  const kind = kindOf(rest);
  return kind === null ? null : { name, isRequired, description, ...kind };
}

function kindOf(property: Property): Pick<SchemaRow, "type" | "choices"> | null {
  const members = Object.keys(property).sort().join();
  const { type, items, enum: choices } = property;
  if (
    members === "type" &&
    (type === "string" || type === "number" || type === "integer" || type === "boolean")
  ) {
    return { type, choices: "" };
  }
  if (members === "items,type" && type === "array" && isObject(items)) {
    return JSON.stringify(items) === '{"type":"string"}' ? { type: "list", choices: "" } : null;
  }
  const isChoice = (members === "enum" || members === "enum,type") && (type ?? "string") === "string";
  // A comma within a choice could not be typed in the table.
  if (isChoice && isNames(choices) && choices.length > 0 && choices.every(isPlainChoice)) {
    return { type: "choice", choices: choices.join(", ") };
  }
  return null;
}

function isPlainChoice(choice: string): boolean {
  return choice !== "" && choice.trim() === choice && !choice.includes(",");
}

/** The rows as a schema's text; empty without rows. */
export function schemaOfRows(rows: readonly SchemaRow[]): string {
  if (rows.length === 0) return "";
  const required = rows.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const schema: JsonSchema = {
    type: "object",
    properties: Object.fromEntries(rows.map((row) => [row.name, propertyOf(row)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
  return JSON.stringify(schema, null, 2);
}

function propertyOf({ type, description, choices }: SchemaRow): JsonSchema {
  return { ...typeOf(type, choices), ...(description !== "" && { description }) };
}

function typeOf(type: VariableType, choices: string): JsonSchema {
  if (type === "list") return { type: "array", items: { type: "string" } };
  if (type !== "choice") return { type };
  return { type: "string", enum: choicesOf(choices) };
}

function choicesOf(text: string): string[] {
  return [...new Set(splitList(text, ","))];
}

/** Names of the schema's variables, as far as it can be read. */
export function namesOfSchema(text: string): string[] {
  const schema = readObject(text);
  return isObject(schema?.properties) ? Object.keys(schema.properties) : [];
}

/** The schema with one more variable, a required text; as it is where it cannot be read. */
export function withVariable(text: string, name: string): string {
  const rows = rowsOfSchema(text);
  if (rows === null) return withProperty(text, name);
  return schemaOfRows([...rows, { name, type: "string", isRequired: true, description: "", choices: "" }]);
}

/** For a schema that says more than rows can: all that it says stays. */
function withProperty(text: string, name: string): string {
  const schema = readObject(text);
  const { type = "object", properties = {}, required = [] } = schema ?? {};
  if (schema === null || type !== "object" || !isObject(properties) || !isNames(required)) return text;
  const more = { properties: { ...properties, [name]: { type: "string" } }, required: [...required, name] };
  return JSON.stringify({ ...schema, ...more }, null, 2);
}

export function readObject(text: string): Property | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Property {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
