import { AppError, type Json, type JsonSchema, LIMITS } from "@assay/core";
import { isLongerThan } from "./byte-length.ts";
import { compileJsonSchema, type SchemaProblem, type SchemaValidator } from "./json-schema.ts";

export type Variables = Readonly<Record<string, Json>>;

/**
 * Checks variables against a version's schema; without a schema any variable is one too many. Properties that the
 * schema does not speak of are refused unless it says otherwise. Throws `variables_invalid` with `missing`, `extra`
 * and `problems`.
 */
export function checkVariables(schema: JsonSchema | undefined, variables: Variables): void {
  if (isLongerThan(JSON.stringify(variables), LIMITS.variablesBytesMax)) {
    throw new AppError("variables_invalid", `Variables may be ${LIMITS.variablesBytesMax} bytes at most.`);
  }
  const problems = compileVariablesSchema(schema ?? NO_VARIABLES)(variables);
  if (problems.length === 0) return;
  const missing = namesOf(problems, ["required"]);
  const extra = namesOf(problems, ["additionalProperties", "unevaluatedProperties"]);
  const others = problems.filter((problem) => problem.path !== "" || problem.property === null);
  throw new AppError("variables_invalid", `${sentences(missing, extra, others).join(" ")}`, {
    missing,
    extra,
    problems: others.map(({ path, message }) => ({ path, message })),
  });
}

/** The schema's validator with the top level closed; `unevaluatedProperties` sees through `allOf` and `$ref`. */
export function compileVariablesSchema(schema: JsonSchema): SchemaValidator {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const validator = compileClosed(schema);
  compiled.set(schema, validator);
  return validator;
}

/** A version's schema is one object for all cases of a run; its validator goes when it goes. */
const compiled = new WeakMap<JsonSchema, SchemaValidator>();
const NO_VARIABLES: JsonSchema = {};

function compileClosed(schema: JsonSchema): SchemaValidator {
  if (schema.type !== undefined && schema.type !== "object") {
    throw new AppError("invalid_input", 'The schema of the variables must have "type": "object".');
  }
  const isClosed = "additionalProperties" in schema || "unevaluatedProperties" in schema;
  return compileJsonSchema({
    ...schema,
    type: "object",
    ...(isClosed ? {} : { unevaluatedProperties: false }),
  });
}

function namesOf(problems: SchemaProblem[], keywords: string[]): string[] {
  return problems.flatMap(({ path, keyword, property }) =>
    path === "" && property !== null && keywords.includes(keyword) ? [property] : [],
  );
}

function sentences(missing: string[], extra: string[], others: SchemaProblem[]): string[] {
  const said: string[] = [];
  if (missing.length > 0) said.push(`Missing variables: ${missing.join(", ")}.`);
  if (extra.length > 0) said.push(`Unknown variables: ${extra.join(", ")}.`);
  for (const { path, message } of others) said.push(`${path === "" ? "Variables" : path} ${message}.`);
  if (missing.length > 0) said.push("Send them as `variables`, in the request's body or in the case.");
  return said;
}
