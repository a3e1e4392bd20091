import { AppError } from "./errors.ts";
import { LIMITS } from "./limits.ts";

/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * One text per JSON value: keys sorted by UTF-16 code units, no white space, as RFC 8785 orders them. Hashes are
 * taken over this text because databases reorder keys. `undefined` members are left out.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > LIMITS.jsonDepthMax) {
    throw new AppError("invalid_input", `JSON is nested deeper than ${LIMITS.jsonDepthMax} levels.`);
  }
  if (Array.isArray(value))
    return `[${value.map((item) => canonicalJson(item ?? null, depth + 1)).join(",")}]`;
  if (value !== null && typeof value === "object") return canonicalObject(value as JsonMembers, depth);
  return JSON.stringify(value);
}

type JsonMembers = Readonly<Record<string, unknown>>;

/** Written as one loop: every case of every run has its request hashed. */
function canonicalObject(value: JsonMembers, depth: number): string {
  let text = "";
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member, depth + 1)}`;
  }
  return `{${text}}`;
}

/** Are two JSON values the same, whatever the order of their keys? */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
