import { AppError, canonicalJson, type JsonSchema, LIMITS } from "@assay/core";
import { Ajv2020, type ErrorObject, type KeywordDefinition } from "ajv/dist/2020.js";
import ajvFormats, { type FormatName } from "ajv-formats";
import { BoundedCache } from "./bounded-cache.ts";
import { byteLength } from "./byte-length.ts";
import { compileLinearRegex, REGEX_STEPS_MAX } from "./linear-regex.ts";

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

/** How many references one validation may follow: schemas that refer to themselves twice would never end. */
const CALLS_MAX = 200_000;

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

class BudgetSpent extends Error {}

const compiled = new BoundedCache<SchemaValidator>(4_000_000);
const metaSchemas = new Ajv2020({ strict: false });

/**
 * Compiles a JSON Schema, draft 2020-12. Nothing is fetched: `$ref` reaches within the schema only. Bounded in size,
 * depth, problems reported and time: `pattern` runs on RE2, `uniqueItems` is linear, and a validation that follows
 * more than 200,000 references reports that as a problem. Throws `invalid_input` with the reason.
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

function compile(schema: JsonSchema): SchemaValidator {
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
  const left = { calls: 0, regexSteps: 0 };
  const spendCall = () => {
    if (--left.calls < 0) throw new BudgetSpent();
  };
  const boundedRegex = (pattern: string) => {
    const regex = compileLinearRegex(pattern);
    const test = (text: string) => {
      left.regexSteps -= regex.stepsMax(text);
      if (left.regexSteps < 0) throw new BudgetSpent();
      return regex.test(text);
    };
    return { test };
  };
  const validate = openAjv({ boundedRegex, spendCall }).compile(schema);
  return (value) => {
    left.calls = CALLS_MAX;
    left.regexSteps = REGEX_STEPS_MAX;
    try {
      return validate(value) ? [] : (validate.errors ?? []).slice(0, PROBLEMS_MAX).map(problemOf);
    } catch (error) {
      if (!(error instanceof BudgetSpent || error instanceof RangeError)) throw error;
      const message = "checking this value against the schema would take too long";
      return [{ path: "", keyword: "$ref", message, property: null }];
    }
  };
}

interface Budget {
  boundedRegex: (pattern: string) => { test: (text: string) => boolean };
  spendCall: () => void;
}

function openAjv({ boundedRegex, spendCall }: Budget): Ajv2020 {
  const ajv = new Ajv2020({
    strictSchema: true,
    strictTypes: false,
    strictTuples: false,
    allErrors: true,
    validateSchema: false,
    meta: false,
    inlineRefs: false,
    logger: false,
    code: { regExp: Object.assign(boundedRegex, { code: "boundedRegex" }), process: countCalls },
  });
  for (const [name, mode] of FORMATS) ajv.addFormat(name, ajvFormats.default.get(name, mode));
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword(linearUniqueItems);
  return Object.assign(ajv, { spendCall });
}

/**
 * Every `$ref` becomes a call of a generated function, so counting calls bounds what references can multiply to. The
 * generated code knows its library instance as `self`.
 */
function countCalls(code: string): string {
  return code.replace(GENERATED_HEAD, "$&self.spendCall();");
}

const GENERATED_HEAD = /return function \w+\(data, \{.*?\}=\{\}\)\{/;

/** The library compares objects pair by pair; a set of canonical texts is linear. */
const linearUniqueItems: KeywordDefinition = {
  keyword: "uniqueItems",
  type: "array",
  schemaType: "boolean",
  error: { message: "must NOT have duplicate items" },
  validate: (isAsked: boolean, items: unknown[]) =>
    !isAsked || new Set(items.map((item) => canonicalJson(item))).size === items.length,
};

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
