import type { BodyOf, OutputOf, ParamsOf, QueryOf, RouteName, RouteOf } from "@assay/core";
import type { Context, OperatorContext, PersonContext } from "./context.ts";

type BodyFields<R> = R extends { body: { kind: "json" } }
  ? BodyOf<R>
  : R extends { body: { kind: "file" } }
    ? { file: AsyncIterable<Uint8Array> }
    : R extends { body: { kind: "text" } }
      ? { text: AsyncIterable<string> }
      : unknown;

/** What a route's verb is called with: its parameters, query and body as one object, all parsed by the contract. */
export type VerbInput<N extends RouteName> = ParamsOf<RouteOf<N>> &
  QueryOf<RouteOf<N>> &
  BodyFields<RouteOf<N>>;

type ContextOf<R> = R extends { audience: "operator" }
  ? OperatorContext
  : R extends { audience: "person" }
    ? PersonContext
    : Context;

/** A verb carries the name of its route. */
export type Verb<N extends RouteName> = (
  context: ContextOf<RouteOf<N>>,
  input: VerbInput<N>,
) => Promise<OutputOf<RouteOf<N>>>;
