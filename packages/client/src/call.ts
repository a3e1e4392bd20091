import type {
  BodyInputOf,
  BodyOf,
  OutputOf,
  ParamsInputOf,
  ParamsOf,
  QueryInputOf,
  QueryOf,
  RouteName,
  RouteOf,
} from "@assay/core";

/** The routes a client speaks: the control plane. The data plane is spoken by any OpenAI SDK. */
export type ControlRouteName = {
  [N in RouteName]: RouteOf<N> extends { plane: "control" } ? N : never;
}[RouteName];

/** What an upload may be. A stream can be read once, so its request is never sent a second time. */
export type FileBody = Blob | ReadableStream<Uint8Array> | string;

/** `Input` as a caller writes it; where coercion accepts anything, the type that comes out of it is asked for. */
type Narrowed<Input, Output> = {
  [K in keyof Input]: unknown extends Input[K] ? (K extends keyof Output ? Output[K] : Input[K]) : Input[K];
};

type BodyFields<R> = R extends { body: { kind: "json" } }
  ? Narrowed<BodyInputOf<R>, BodyOf<R>>
  : R extends { body: { kind: "file" } }
    ? { file: FileBody }
    : R extends { body: { kind: "text" } }
      ? { text: FileBody }
      : Record<never, never>;

/** A route's parameters, query and body as one object. The contract keeps their names apart. */
export type CallInput<N extends RouteName> = Narrowed<ParamsInputOf<RouteOf<N>>, ParamsOf<RouteOf<N>>> &
  Narrowed<QueryInputOf<RouteOf<N>>, QueryOf<RouteOf<N>>> &
  BodyFields<RouteOf<N>>;

export type CallOutput<N extends RouteName> =
  RouteOf<N> extends { output: { kind: "raw" } } ? string : OutputOf<RouteOf<N>>;

export interface CallOptions {
  /** Aborting rejects the call with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Of a write; one is made up when none is given, so that a repeated request changes things once. */
  idempotencyKey?: string | undefined;
}

/** A method of the client: the input may be left out where the route needs none. */
export type Call<N extends RouteName> = (
  ...args: Record<never, never> extends CallInput<N>
    ? [input?: CallInput<N>, options?: CallOptions]
    : [input: CallInput<N>, options?: CallOptions]
) => Promise<CallOutput<N>>;
