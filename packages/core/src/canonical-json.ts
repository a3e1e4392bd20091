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
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return Array.isArray(value) ? canonicalList(value, depth) : canonicalObject(value as JsonMembers, depth);
}

type JsonMembers = Readonly<Record<string, unknown>>;

/** Both written as loops that make no list of texts: every case of every run has its request hashed. */
function canonicalList(value: readonly unknown[], depth: number): string {
  let text = "[";
  for (let at = 0; at < value.length; at++)
    text += (at === 0 ? "" : ",") + canonicalJson(value[at] ?? null, depth + 1);
  return `${text}]`;
}

function canonicalObject(value: JsonMembers, depth: number): string {
  let text = "{";
  for (const key of sorted(Object.keys(value))) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === "{" ? "" : ","}${quoted(key)}:${canonicalJson(member, depth + 1)}`;
  }
  return `${text}}`;
}

/** Most objects have few keys: sorted where they are, without the lists that `sort` makes. */
function sorted(keys: string[]): string[] {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at] as string;
    let place = at;
    for (; place > 0 && (keys[place - 1] as string) > key; place--) keys[place] = keys[place - 1] as string;
    keys[place] = key;
  }
  return keys;
}

const FEW_KEYS = 12;

/** Keys are mostly names, which need no escapes. */
function quoted(key: string): string {
  return /^\w*$/.test(key) ? `"${key}"` : JSON.stringify(key);
}

/** Are two JSON values the same, whatever the order of their keys? */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
