import type { BodySpec } from "@assay/core";
import type { CallOptions } from "./call.ts";
import { ClientError } from "./client-error.ts";
import { paramNames, pathOf } from "./path-of.ts";
import type { NamedRoute } from "./route-entry.ts";

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

type ContentTypes = {
  [K in Exclude<BodySpec["kind"], "json">]: Extract<BodySpec, { kind: K }>["contentType"];
};
const CONTENT_TYPES: ContentTypes = { file: "application/octet-stream", text: "text/plain" };

/**
 * A route and a flat input become one request: the path's parameters, query members by name, and the rest as the body.
 *
 * @throws ClientError `invalid_input` for a path parameter that could name another path.
 */
export function buildRequest(
  route: NamedRoute,
  call: { input: Input; options: CallOptions },
  settings: RequestSettings,
): PreparedRequest {
  const path = pathOf(route, call.input);
  const { query, body } = takeQuery(route, call.input);
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
    url: settings.baseUrl.replace(/\/+$/, "") + path + query,
    init,
    isRepeatable: !(content?.body instanceof ReadableStream),
  };
}

/** Without a JSON body every member is a query member: the server refuses those it does not know. */
function takeQuery(route: NamedRoute, input: Input): { query: string; body: Input } {
  const inPath = paramNames(route);
  const isQuery = (name: string) =>
    route.body === "json" ? route.query?.includes(name) : route.body === undefined || name !== route.body;
  const query = new URLSearchParams();
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (inPath.includes(name)) continue;
    if (!isQuery(name)) body[name] = value;
    else if (value !== undefined) query.set(name, String(value));
  }
  return { query: query.size === 0 ? "" : `?${query}`, body };
}

function bodyOf(
  route: NamedRoute,
  body: Input,
): { type: string; body: Blob | ReadableStream | string } | undefined {
  if (route.body === undefined) return undefined;
  if (route.body === "json") return { type: "application/json", body: JSON.stringify(body) };
  const content = body[route.body];
  if (typeof content === "string" || content instanceof Blob || content instanceof ReadableStream) {
    return { type: CONTENT_TYPES[route.body], body: content };
  }
  const message = `${route.name} needs "${route.body}" as text, Blob or ReadableStream`;
  throw new ClientError({ code: "invalid_input", message });
}

// Not crypto.randomUUID: browsers offer it on secure origins only.
function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
