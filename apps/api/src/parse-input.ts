import { AppError, type Route } from "@assay/core";
import { z } from "zod";
import { boundedBody, boundedText, readJson } from "./read-body.ts";

/** A request's parameters, query and body as its verb takes them, and what identifies it for idempotency. */
export interface ParsedInput {
  input: Record<string, unknown>;
  bodyText: string;
}

interface RawRequest {
  request: Request;
  params: Record<string, string>;
}

/** Parses everything a route reads by the contract's schemas. */
export async function parseInput(route: Route, { request, params }: RawRequest): Promise<ParsedInput> {
  const path = parseBy(route.params, params, "path");
  const query = parseBy(route.query, queryOf(request.url), "query");
  const body = await parseBody(route, request);
  // Names of the path win: a body can never redirect a request to another object.
  return { input: { ...query, ...body.fields, ...path }, bodyText: body.text };
}

function queryOf(url: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(url).searchParams) {
    if (Object.hasOwn(query, name))
      throw new AppError("invalid_input", `The query names "${name}" twice.`, { param: name });
    query[name] = value;
  }
  return query;
}

async function parseBody(
  route: Route,
  request: Request,
): Promise<{ fields: Record<string, unknown>; text: string }> {
  const { body } = route;
  if (body === undefined) return { fields: {}, text: "" };
  if (body.kind === "file") return { fields: { file: boundedBody(request, body.bytesMax) }, text: "" };
  if (body.kind === "text") return { fields: { text: boundedText(request, body.bytesMax) }, text: "" };
  const { text, value } = await readJson(request, body.bytesMax);
  return { fields: parseBy(body.schema, value, "body"), text };
}

function parseBy(schema: z.ZodType | undefined, value: unknown, where: string): Record<string, unknown> {
  const parsed = (schema ?? z.strictObject({})).safeParse(value);
  if (parsed.success) return parsed.data as Record<string, unknown>;
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const [first] = issues;
  throw new AppError(
    "invalid_input",
    `The ${where} is not valid: ${first?.path ? `${first.path}: ` : ""}${first?.message}`,
    {
      param: first?.path ?? null,
      issues: issues.slice(0, 20),
    },
  );
}
