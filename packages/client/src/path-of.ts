import { ClientError } from "./client-error.ts";
import type { NamedRoute } from "./route-entry.ts";

type Input = Readonly<Record<string, unknown>>;

/**
 * What percent-encoding does not keep from changing the path: lone surrogates cannot be encoded, and encoded slashes,
 * backslashes, percent signs and control characters are decoded by some proxies on the way.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const UNSAFE = /[/\\%\u0000-\u001f\u007f]|\p{Surrogate}/u;
const LENGTH_MAX = 1_024;

/** The names of the parameters in a route's path. */
export function paramNames(route: NamedRoute): string[] {
  return Array.from(route.path.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? "");
}

/**
 * A route's path with its parameters, each one segment whatever its value; whether there is such a thing is the
 * server's to say.
 *
 * @throws ClientError `invalid_input` for a value that is missing or could name another path.
 */
export function pathOf(route: NamedRoute, params: Input): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segmentOf(name, params[name]));
}

function segmentOf(name: string, value: unknown): string {
  if (typeof value !== "string" && !Number.isFinite(value)) {
    throw new ClientError({ code: "invalid_input", message: `${name}: a text or a number is needed` });
  }
  const text = String(value);
  if (text === "" || /^\.+$/.test(text) || text.length > LENGTH_MAX || UNSAFE.test(text)) {
    throw new ClientError({ code: "invalid_input", message: `${name}: this value cannot stand in a path` });
  }
  return encodeURIComponent(text);
}
