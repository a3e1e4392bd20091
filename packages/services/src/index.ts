export * from "./access/index.ts";
export * from "./annotation/index.ts";
export type {
  Caller,
  Context,
  OperatorContext,
  PersonContext,
  Platform,
  ScriptRunner,
  SharedConnection,
} from "./context.ts";
export * from "./datasets/index.ts";
export * from "./editing/index.ts";
export * from "./evaluation/index.ts";
export * from "./overview/index.ts";
export * from "./people/index.ts";
export * from "./promotion/index.ts";
export * from "./registry/index.ts";
export * from "./serving/index.ts";
export * from "./tracing/index.ts";
export type { Verb, VerbInput } from "./verb.ts";
