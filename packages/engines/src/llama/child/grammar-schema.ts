import { LIMITS } from "@assay/core";

/** A schema in the subset that a grammar can be made of, or the reason why it cannot. */
export type GrammarSchema = { schema: Record<string, unknown> } | { refused: string };

/**
 * How large a grammar may be. Every step follows all alternatives that are still open, for all requests of the
 * step: what is larger would slow down everybody who uses the model.
 */
export const GRAMMAR_MAX = { schemas: 512, values: 256, textChars: 32_768 } as const;
const PATH_SHOWN_CHARS = 200;

class Unsupported extends Error {}

/** What has been translated so far. Types listed in an array are translated one by one, and each time count again. */
interface Spent {
  schemas: number;
  values: number;
  textChars: number;
}

interface Place {
  path: string;
  depth: number;
  spent: Spent;
}

/**
 * Translates a JSON Schema into what the grammar library understands. The library silently allows too much or too
 * little for keywords it does not know; here each of those that would change what can be said is refused. Keywords
 * that only narrow a value (`minimum`, `pattern` …) pass: the finished answer is validated against the original.
 * What would make a grammar larger than {@link GRAMMAR_MAX} is refused too.
 */
export function toGrammarSchema(schema: unknown): GrammarSchema {
  const spent: Spent = { schemas: 0, values: 0, textChars: 0 };
  try {
    return { schema: translate(schema, { path: "the schema", depth: 0, spent }) };
  } catch (error) {
    if (error instanceof Unsupported) return { refused: error.message };
    throw error;
  }
}

function refuse(path: string, problem: string): never {
  throw new Unsupported(`Local models cannot follow ${path.slice(0, PATH_SHOWN_CHARS)}: ${problem}.`);
}

function spend({ path, spent }: Place, what: keyof Spent, amount: number): void {
  spent[what] += amount;
  const names = {
    schemas: "subschemas",
    values: "enumerated values",
    textChars: "characters of names and values",
  };
  if (spent[what] > GRAMMAR_MAX[what])
    refuse(path, `a schema may have at most ${GRAMMAR_MAX[what]} ${names[what]}`);
}

function translate(schema: unknown, place: Place): Record<string, unknown> {
  const { path, depth, spent } = place;
  spend(place, "schemas", 1);
  if (depth > LIMITS.jsonDepthMax) refuse(path, "it is nested too deeply");
  if (typeof schema !== "object" || schema === null || Array.isArray(schema))
    refuse(path, "it is not an object");
  const source: Record<string, unknown> = { ...schema };
  const walk = (child: unknown, name: string) => {
    spend(place, "textChars", name.length);
    return translate(child, { path: `${path}.${name}`, depth: depth + 1, spent });
  };
  for (const keyword of ["allOf", "not", "if", "patternProperties", "$dynamicRef", "definitions"])
    if (source[keyword] !== undefined) refuse(path, `${keyword} is not supported`);
  const values = source.const === undefined ? source.enum : [source.const];
  if (Array.isArray(values)) {
    spend(place, "values", values.length);
    spend(place, "textChars", JSON.stringify(values).length);
  }
  const definitions = source.$defs === undefined ? {} : { $defs: walkValues(source.$defs, walk) };
  return { ...translateKind(source, path, walk), ...definitions };
}

type Walk = (child: unknown, name: string) => Record<string, unknown>;

function translateKind(source: Record<string, unknown>, path: string, walk: Walk): Record<string, unknown> {
  const { $ref: reference, type } = source;
  const alternatives = source.oneOf ?? source.anyOf;
  if (reference !== undefined) {
    if (typeof reference !== "string" || !reference.startsWith("#/$defs/"))
      refuse(path, "a $ref must point into #/$defs/");
    return { $ref: reference };
  }
  if (Array.isArray(alternatives))
    return { oneOf: alternatives.map((item, index) => walk(item, String(index))) };
  if (source.const !== undefined) return { const: source.const };
  if (Array.isArray(source.enum)) return { enum: source.enum };
  if (Array.isArray(type))
    return { oneOf: type.map((one) => walk({ ...source, type: one, $defs: undefined }, String(one))) };
  if (type === "object") return translateObject(source, path, walk);
  if (type === "array") return translateArray(source, walk);
  if (type === "string") return pick(source, ["type", "minLength", "maxLength"]);
  if (type === "number" || type === "integer" || type === "boolean" || type === "null") return { type };
  return refuse(path, "it needs a type, an enum, a const, an anyOf or a $ref");
}

function translateObject(source: Record<string, unknown>, path: string, walk: Walk): Record<string, unknown> {
  const properties = walkValues(source.properties ?? {}, walk);
  const required: unknown[] = Array.isArray(source.required) ? source.required : [];
  if (required.length > GRAMMAR_MAX.schemas) refuse(path, "it requires too many properties");
  const missing = required.find((name) => typeof name !== "string" || !Object.hasOwn(properties, name));
  if (missing !== undefined) refuse(path, `the required property ${String(missing)} is not described`);
  const { additionalProperties: additional } = source;
  // Only where nothing is described can "anything" be what is meant; elsewhere leaving more out is also valid.
  const isOpen = additional === undefined && Object.keys(properties).length === 0;
  const rest =
    typeof additional === "object" && additional !== null ? walk(additional, "additionalProperties") : isOpen;
  return {
    ...pick(source, ["type", "minProperties", "maxProperties"]),
    properties,
    additionalProperties: rest,
  };
}

function translateArray(source: Record<string, unknown>, walk: Walk): Record<string, unknown> {
  const { items, prefixItems } = source;
  const isClosed = items === undefined || items === false;
  return {
    ...pick(source, ["type", "minItems", "maxItems"]),
    ...(isClosed ? {} : { items: walk(items, "items") }),
    ...(Array.isArray(prefixItems)
      ? { prefixItems: prefixItems.map((item, index) => walk(item, String(index))) }
      : {}),
  };
}

function walkValues(children: unknown, walk: Walk): Record<string, unknown> {
  return Object.fromEntries(Object.entries(children ?? {}).map(([name, child]) => [name, walk(child, name)]));
}

function pick(source: Record<string, unknown>, keywords: string[]): Record<string, unknown> {
  return Object.fromEntries(
    keywords.filter((key) => source[key] !== undefined).map((key) => [key, source[key]]),
  );
}
