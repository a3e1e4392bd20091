import type { Json } from "@assay/core";

/**
 * Why a value cannot be stored and given back as it is: NUL characters and halves of surrogate pairs, which Postgres
 * refuses, and keys called `__proto__`, which copying objects loses.
 */
export function findUnstorable(value: Json): string | undefined {
  if (typeof value === "string") return problemOf(value);
  if (value === null || typeof value !== "object") return undefined;
  if (Array.isArray(value)) return firstFound(value);
  if (Object.hasOwn(value, "__proto__")) return "a key is called __proto__";
  return firstFound(Object.keys(value)) ?? firstFound(Object.values(value));
}

function firstFound(values: readonly Json[]): string | undefined {
  for (const value of values) {
    const found = findUnstorable(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function problemOf(text: string): string | undefined {
  if (text.includes("\0")) return "a text contains a NUL character";
  return text.isWellFormed() ? undefined : "a text contains half of a surrogate pair";
}
