import type { BodySpec, Method } from "@assay/core";

/** What the client must know of a route at run time. The path names its parameters. */
export interface RouteEntry {
  method: Method;
  path: string;
  /** Of a route with a JSON body, which members go into the query; elsewhere all do that are not in the path. */
  query?: readonly string[];
  body?: BodySpec["kind"];
  /** `empty`, `raw`, or the members that a JSON answer always has; those ending in `[]` are lists. */
  answer: "empty" | "raw" | readonly string[];
}

/** A route with its name. */
export interface NamedRoute extends RouteEntry {
  name: string;
}
