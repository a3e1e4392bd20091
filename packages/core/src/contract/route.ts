import type { z } from "zod";
import type { Scope } from "../scopes.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What a route reads as its body. `file` and `text` bodies are streamed, never parsed as JSON. */
export type BodySpec =
  | { kind: "json"; schema: z.ZodType; bytesMax: number }
  | { kind: "file"; contentType: "application/octet-stream"; bytesMax: number }
  | { kind: "text"; contentType: "text/plain"; bytesMax: number };

/** What a route answers with: JSON by a schema, nothing, a stream of its own making, or a page for people. */
export type OutputSpec =
  | { kind: "json"; status: 200 | 201 | 202; schema: z.ZodType }
  | { kind: "empty"; status: 204 }
  | { kind: "raw"; status: 200 | 302; contentType: string; schema?: z.ZodType };

interface RouteShape {
  method: Method;
  path: string;
  summary: string;
  /**
   * `control` routes answer errors as problem documents, `data` routes in OpenAI's shape.
   */
  plane: "control" | "data";
  /**
   * Whose credential opens it. A tenant's key never opens an operator route, and the other way round. `person` is
   * whoever has logged in, in whatever tenant; no key opens it.
   */
  audience: "public" | "tenant" | "operator" | "person";
  /** Needed of a tenant's key; null where any valid key of the audience will do. */
  scope: Scope | null;
  /** Whose object the route touches; `tenant` objects are looked up in the caller's tenant and nowhere else. */
  touches: "nothing" | "tenant" | "platform";
  /** The verb itself holds the key's prompts and labels against what is touched. Without it confined keys only read. */
  honoursConfinement?: true;
  /** A public route that logs somebody in: no page but our own may call it, or it could log people in as others. */
  opensSession?: true;
  /** Web pages of any origin may call it, without credentials. */
  crossOrigin?: true;
  /** Its answers may have much of the tenant's text: only a few are made for a tenant at once. */
  hasLongAnswers?: true;
  /** A POST that changes nothing. It ignores the idempotency key, for which its work would be done within a write. */
  storesNothing?: true;
  /**
   * A POST that reads and works before its one `tenant.write`, whose result is its answer: the idempotency key is
   * claimed in that write. Otherwise the whole verb runs in the transaction that claims it.
   */
  worksBeforeWrite?: true;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: BodySpec;
  output: OutputSpec;
}

export interface Route extends RouteShape {
  name: string;
}

/** Keeps a route's literal types, so that handlers, client and documents can be derived from it. */
export function defineRoutes<const R extends Record<string, RouteShape>>(routes: R): R {
  return routes;
}

type SchemaOf<T> = T extends z.ZodType ? T : never;

/** Path parameters of a route, as the handler gets them. */
export type ParamsOf<R> = R extends { params: infer P } ? z.output<SchemaOf<P>> : Record<never, never>;
export type QueryOf<R> = R extends { query: infer Q } ? z.output<SchemaOf<Q>> : Record<never, never>;
export type BodyOf<R> = R extends { body: { kind: "json"; schema: infer B } }
  ? z.output<SchemaOf<B>>
  : undefined;
export type OutputOf<R> = R extends { output: { kind: "json"; schema: infer O } }
  ? z.output<SchemaOf<O>>
  : undefined;

/** The same, as a caller writes them: before defaults and coercion. */
export type ParamsInputOf<R> = R extends { params: infer P } ? z.input<SchemaOf<P>> : Record<never, never>;
export type QueryInputOf<R> = R extends { query: infer Q } ? z.input<SchemaOf<Q>> : Record<never, never>;
export type BodyInputOf<R> = R extends { body: { kind: "json"; schema: infer B } }
  ? z.input<SchemaOf<B>>
  : undefined;
