import { listRoutes, OpenAiError, Problem, type Route } from "@assay/core";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";

const TITLE = "Assay";
const TAGS: [prefix: RegExp, tag: string][] = [
  [/^\/v1\//, "Serving (OpenAI-compatible)"],
  [
    /^\/api\/(datasets|suites|runs|run-plans|scorers|comparisons|annotation-queues|judges|playground)/,
    "Evaluation",
  ],
  [/^\/api\/(traces|prompts\/\{prompt\}\/tracing)/, "Traces and feedback"],
  [/^\/api\/(prompts|prompt-summaries|changes|overview)/, "Prompts, labels and gates"],
  [/^\/api\/(models|model-files|adapters|connections|shared-models)/, "Models and adapters"],
  [/^\/api\//, "Access"],
];

let document: object | undefined;

/** The contract as an OpenAPI 3.1 document; made once. */
export function openApiDocument(): object {
  document ??= createDocument({
    openapi: "3.1.0",
    info: {
      title: TITLE,
      version: "0.1.0",
      description:
        "Prompts, adapters and their evaluation, per tenant. Send a key as `Authorization: Bearer <key>`.",
    },
    paths: paths(),
    components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
  });
  return document;
}

function paths(): ZodOpenApiPathsObject {
  const result: ZodOpenApiPathsObject = {};
  for (const route of listRoutes()) {
    result[route.path] = { ...result[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return result;
}

function operation(route: Route): ZodOpenApiOperationObject {
  const needs = route.scope === null ? "" : `Needs the scope \`${route.scope}\`.`;
  const body = requestBody(route);
  return {
    operationId: route.name,
    summary: route.summary,
    description: route.audience === "operator" ? "For operators." : needs,
    tags: [TAGS.find(([prefix]) => prefix.test(route.path))?.[1] ?? "Server"],
    ...(route.audience !== "public" && { security: [{ key: [] }] }),
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
    },
    ...(body && { requestBody: body }),
    responses: { [String(route.output.status)]: response(route), default: errorResponse(route) },
  };
}

function requestBody({ body }: Route): ZodOpenApiOperationObject["requestBody"] {
  if (body === undefined) return undefined;
  if (body.kind === "json")
    return { required: true, content: { "application/json": { schema: body.schema } } };
  return {
    required: true,
    content: { [body.contentType]: { schema: { type: "string", format: "binary" } } },
  };
}

function response({ output }: Route) {
  if (output.kind === "empty") return { description: "Done" };
  const schema = output.schema;
  const contentType = output.kind === "raw" ? output.contentType : "application/json";
  return { description: "Success", ...(schema && { content: { [contentType]: { schema } } }) };
}

function errorResponse({ plane }: Route) {
  const content =
    plane === "data"
      ? { "application/json": { schema: OpenAiError } }
      : { "application/problem+json": { schema: Problem } };
  return { description: "A refusal, or a bug with a request id", content };
}
