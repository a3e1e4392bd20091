import { invariant, listRoutes, OpenAiError, Problem, type Route } from "@assay/core";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";

const TITLE = "Assay";
const TRACING = "Traces and feedback";
/** Groups of the control plane by the first segments of their routes. */
const TAGS: Record<string, readonly string[]> = {
  "Prompts, labels and gates": ["prompts", "prompt-summaries", "label-names", "changes", "overview"],
  Evaluation: [
    ...["datasets", "suites", "scorers", "runs", "run-plans", "comparisons"],
    ...["annotation-queues", "judges", "playground"],
  ],
  [TRACING]: ["traces"],
  "Models and adapters": ["models", "model-files", "adapters", "connections", "shared-models"],
  Access: [
    ...["login", "logout", "session", "sessions", "password", "password-resets", "invitations", "sso", "me"],
    ...["keys", "members", "member-invitations", "actors", "audit", "limits", "usage"],
    ...["operators", "tenants", "tenant-usage"],
  ],
};

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
    tags: [tagOf(route.path)],
    ...(route.audience !== "public" && { security: [{ key: [] }] }),
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
    },
    ...(body && { requestBody: body }),
    responses: { [String(route.output.status)]: response(route), default: errorResponse(route) },
  };
}

function tagOf(path: string): string {
  const [, plane, segment = ""] = path.split("/");
  if (plane === "v1") return "Serving (OpenAI-compatible)";
  if (plane !== "api") return "Server";
  if (path.startsWith("/api/prompts/{prompt}/tracing")) return TRACING;
  const group = Object.entries(TAGS).find(([, segments]) => segments.includes(segment));
  invariant(group !== undefined, `"${segment}" stands in no group: give it one in TAGS`);
  return group[0];
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
