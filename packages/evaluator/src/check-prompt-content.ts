import { AppError, type Json, type JsonSchema, type PromptContent } from "@assay/core";
import { checkPartials } from "./check-partials.ts";
import { compileVariablesSchema } from "./check-variables.ts";
import { compileJsonSchema } from "./json-schema.ts";
import { templateName } from "./render-prompt.ts";
import { parseTemplate } from "./template.ts";

/**
 * Refuses content that could not be rendered: a template that does not parse, a variable that the schema does not
 * declare, a partial that is not there, a schema that does not compile. Throws `template_invalid` or `invalid_input`.
 */
export function checkPromptContent(content: PromptContent): void {
  compileVariablesSchema(content.variables ?? {});
  if (content.responseFormat?.type === "json_schema") {
    compileJsonSchema(content.responseFormat.json_schema.schema);
  }
  const declared = declaredNames(content.variables ?? {});
  const templates = content.messages.flatMap((message, index) => {
    if ("placeholder" in message) return [];
    const name = templateName(index);
    return [[name, parseTemplate(message.content, name)] as const];
  });
  checkPartials(content.partials, templates);
  for (const [name, { variables }] of templates) {
    const undeclared = declared === "any" ? [] : variables.filter((variable) => !declared.has(variable));
    if (undeclared.length === 0) continue;
    const found = `${name} uses variables that the schema does not declare: ${undeclared.join(", ")}.`;
    throw new AppError("template_invalid", found, { template: name, undeclared, line: null, column: null });
  }
}

/** Names that the schema speaks of; `any` when it is open or names may come from where this does not look. */
export function declaredNames(schema: JsonSchema): ReadonlySet<string> | "any" {
  const { additionalProperties, unevaluatedProperties, patternProperties, $ref } = schema;
  const isOpen = [additionalProperties, unevaluatedProperties].some(
    (open) => open !== undefined && open !== false,
  );
  if (isOpen || patternProperties !== undefined || $ref !== undefined) return "any";
  const names = new Set(Object.keys(isSchema(schema.properties) ? schema.properties : {}));
  for (const branch of branchesOf(schema)) {
    const inner = declaredNames(branch);
    if (inner === "any") return "any";
    for (const name of inner) names.add(name);
  }
  return names;
}

/** Subschemas that apply to the very same object. */
function branchesOf(schema: JsonSchema): JsonSchema[] {
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return [...lists, schema.if, schema.then, schema.else].filter(isSchema);
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
