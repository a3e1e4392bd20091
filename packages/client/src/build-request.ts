import { invariant, type Route } from "@assay/core";
import type { CallOptions } from "./call.ts";
import { ClientError } from "./client-error.ts";

export interface PreparedRequest {
  url: string;
  init: RequestInit & { duplex?: "half" };
  /** Can the very same request be sent a second time? */
  isRepeatable: boolean;
}

export interface RequestSettings {
  baseUrl: string;
  key: string | undefined;
}

type Input = Readonly<Record<string, unknown>>;

/**
 * A route and a flat input become one request: path parameters by the route's own schema (so that no value can
 * change which path is meant), query members by name, and the rest as the body.
 *
 * @throws ClientError `invalid_input` for a path parameter that the contract refuses.
 */
export function buildRequest(
  route: Route,
  call: { input: Input; options: CallOptions },
  settings: RequestSettings,
): PreparedRequest {
  const { params, rest } = takeParams(route, call.input);
  const { query, body } = takeQuery(route, rest);
  const headers: Record<string, string> = { accept: "application/json" };
  if (settings.key !== undefined) headers.authorization = `Bearer ${settings.key}`;
  if (route.method !== "GET") headers["idempotency-key"] = call.options.idempotencyKey ?? newIdempotencyKey();

  const init: PreparedRequest["init"] = { method: route.method, headers };
  const content = bodyOf(route, body);
  if (content !== undefined) {
    headers["content-type"] = content.type;
    init.body = content.body;
    if (content.body instanceof ReadableStream) init.duplex = "half";
  }
  return {
    url: settings.baseUrl.replace(/\/+$/, "") + pathOf(route, params) + query,
    init,
    isRepeatable: !(content?.body instanceof ReadableStream),
  };
}

function takeParams(route: Route, input: Input): { params: Input; rest: Input } {
  const names = Object.keys(route.params?.shape ?? {});
  const given = Object.fromEntries(names.map((name) => [name, input[name]]));
  const parsed = route.params?.safeParse(given);
  if (parsed?.success === false) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new ClientError({ code: "invalid_input", message: problems.join("; ") });
  }
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));
  return { params: given, rest };
}

/** Without a JSON body every member is a query member: the server refuses those it does not know. */
function takeQuery(route: Route, input: Input): { query: string; body: Input } {
  const inBody = bodyMember(route);
  const names = Object.keys(route.query?.shape ?? {});
  const isQuery = (name: string) =>
    route.body?.kind === "json" ? names.includes(name) : inBody === undefined || name !== inBody;
  const query = new URLSearchParams();
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (!isQuery(name)) body[name] = value;
    else if (value !== undefined) query.set(name, String(value));
  }
  return { query: query.size === 0 ? "" : `?${query}`, body };
}

function bodyMember(route: Route): "file" | "text" | undefined {
  return route.body === undefined || route.body.kind === "json" ? undefined : route.body.kind;
}

function pathOf(route: Route, params: Input): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

function bodyOf(
  route: Route,
  body: Input,
): { type: string; body: Blob | ReadableStream | string } | undefined {
  if (route.body === undefined) return undefined;
  if (route.body.kind === "json") return { type: "application/json", body: JSON.stringify(body) };
  const content = body[route.body.kind];
  invariant(
    typeof content === "string" || content instanceof Blob || content instanceof ReadableStream,
    `${route.name} needs "${route.body.kind}" as text, Blob or ReadableStream`,
  );
  return { type: route.body.contentType, body: content };
}

// Not crypto.randomUUID: browsers offer it on secure origins only.
function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
