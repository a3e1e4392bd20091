import { AppError, canonicalJson, invariant, type Json, type JsonSchema, LIMITS } from "@assay/core";
import { Ajv2020, type ErrorObject, type Format } from "ajv/dist/2020.js";
import ajvFormats, { type FormatName } from "ajv-formats";
import { BoundedCache } from "./bounded-cache.ts";
import { boundedKeywords } from "./bounded-keywords.ts";
import { byteLength } from "./byte-length.ts";
import { compileLinearRegex } from "./linear-regex.ts";
import { meterGeneratedCode } from "./meter-generated-code.ts";
import { SchemaBudget, SchemaBudgetSpent } from "./schema-budget.ts";

/** One place where a value does not follow its schema. `path` is a JSON pointer, empty for the value itself. */
export interface SchemaProblem {
  path: string;
  keyword: string;
  message: string;
  /** The property that is missing or may not be there, where the problem is of that kind. */
  property: string | null;
}

/** Every problem of a value, empty when it follows the schema. */
export type SchemaValidator = (value: unknown) => SchemaProblem[];

const PROBLEMS_MAX = 20;

/** A step of a search is about twenty units of a schema's budget. */
const UNITS_PER_REGEX_STEP = 20;
const UNITS_PER_FORMAT_CHARACTER = 10;

/** Formats whose check takes linear time, in the stricter of the library's two readings where that one is linear. */
const FORMATS: readonly (readonly [FormatName, "full" | "fast"])[] = [
  ["date", "full"],
  ["time", "full"],
  ["date-time", "full"],
  ["duration", "full"],
  ["email", "fast"],
  ["hostname", "full"],
  ["ipv4", "full"],
  ["ipv6", "full"],
  ["uri", "fast"],
  ["uri-reference", "fast"],
  ["uuid", "full"],
  ["json-pointer", "full"],
];

const compiled = new BoundedCache<SchemaValidator>(4_000_000);
const metaSchemas = new Ajv2020({ strict: false });

/**
 * Compiles a JSON Schema, draft 2020-12. Nothing is fetched: `$ref` reaches within the schema only. Bounded in size,
 * members, depth, problems reported and time: `pattern` runs on RE2, `enum` and `uniqueItems` are linear, and all that
 * a validation does is counted: one that does too much stops and reports that as a problem. Throws `invalid_input` with the reason.
 */
export function compileJsonSchema(schema: JsonSchema): SchemaValidator {
  const text = canonicalJson(schema);
  if (byteLength(text) > LIMITS.promptContentBytesMax) {
    throw new AppError(
      "invalid_input",
      `A JSON Schema may be ${LIMITS.promptContentBytesMax} bytes at most.`,
    );
  }
  return compiled.getOrMake(text, () => compile(schema));
}

/** Compiling costs per object, and far more than reading it. */
function refuseTooLarge(schema: JsonSchema): void {
  const count = { objects: 0, values: 0 };
  countInto(count, schema);
  if (count.objects <= LIMITS.schemaObjectsMax && count.values <= LIMITS.schemaValuesMax) return;
  const message = `A JSON Schema may hold ${LIMITS.schemaObjectsMax} objects and ${LIMITS.schemaValuesMax} values at most; this one has ${count.objects} and ${count.values}.`;
  throw new AppError("invalid_input", message);
}

function countInto(count: { objects: number; values: number }, value: Json): void {
  count.values++;
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) count.objects++;
  for (const inner of Object.values(value)) countInto(count, inner);
}

function compile(schema: JsonSchema): SchemaValidator {
  refuseTooLarge(schema);
  if (schema.$schema !== undefined && !String(schema.$schema).includes("/2020-12/")) {
    throw new AppError(
      "invalid_input",
      `The JSON Schema declares ${schema.$schema}; only draft 2020-12 is read.`,
    );
  }
  try {
    if (!metaSchemas.validateSchema(schema)) throw new Error(firstMessage(metaSchemas.errors));
    return build(schema);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid_input", `The JSON Schema is not usable: ${(error as Error).message}.`);
  }
}

/** A library instance of its own per schema: instances remember every `$id`, and one tenant's must not meet another's. */
function build(schema: JsonSchema): SchemaValidator {
  const budget = new SchemaBudget();
  const validate = openAjv(budget).compile(schema);
  return (value) => {
    budget.start(Number.POSITIVE_INFINITY);
    try {
      return validate(value) ? [] : (validate.errors ?? []).slice(0, PROBLEMS_MAX).map(problemOf);
    } catch (error) {
      if (!(error instanceof SchemaBudgetSpent || error instanceof RangeError)) throw error;
      const message = "checking this value against the schema would take too long";
      return [{ path: "", keyword: "$ref", message, property: null }];
    }
  };
}

/** Generated code knows its library instance as `self`. */
function openAjv(budget: SchemaBudget): Ajv2020 {
  const ajv = new Ajv2020({
    strictSchema: true,
    strictTypes: false,
    strictTuples: false,
    allErrors: true,
    validateSchema: false,
    meta: false,
    inlineRefs: false,
    logger: false,
    code: {
      regExp: Object.assign(boundedRegexes(budget), { code: "boundedRegex" }),
      process: meterGeneratedCode,
      // Shortening the code takes several times as long as generating it.
      optimize: false,
    },
  });
  for (const [name, mode] of FORMATS) {
    const isOfFormat = checkOf(ajvFormats.default.get(name, mode));
    ajv.addFormat(name, (text: string) => {
      budget.spend(text.length * UNITS_PER_FORMAT_CHARACTER);
      return isOfFormat(text);
    });
  }
  for (const keyword of boundedKeywords(budget)) {
    ajv.removeKeyword(String(keyword.keyword));
    ajv.addKeyword(keyword);
  }
  return Object.assign(ajv, { budget });
}

function boundedRegexes(budget: SchemaBudget) {
  return (pattern: string) => {
    const regex = compileLinearRegex(pattern);
    const test = (text: string) => {
      budget.spend(regex.stepsMax(text) * UNITS_PER_REGEX_STEP);
      return regex.test(text);
    };
    return { test };
  };
}

function checkOf(format: Format): (text: string) => boolean {
  if (typeof format === "function") return (text) => format(text) === true;
  if (format instanceof RegExp) return (text) => format.test(text);
  const check = typeof format === "object" && "validate" in format ? format.validate : undefined;
  invariant(check !== undefined && !(typeof check === "string"), "a format has a check");
  return checkOf(check as Format);
}

function problemOf(error: ErrorObject): SchemaProblem {
  const params: Record<string, unknown> = error.params;
  const property = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  const named = property === undefined ? "" : ` (${String(property)})`;
  return {
    path: error.instancePath,
    keyword: error.keyword,
    message: `${error.message ?? "is not valid"}${error.keyword === "required" ? "" : named}`,
    property: property === undefined ? null : String(property),
  };
}

function firstMessage(errors: ErrorObject[] | null | undefined): string {
  const first = errors?.[0];
  return first ? `${first.instancePath || "the schema"} ${first.message}` : "it is malformed";
}
