import type { Json } from "@assay/core";

/**
 * The first text in a value, key or string, that not every database can store and give back, and why: NUL characters
 * and halves of surrogate pairs.
 */
export function findUnstorableText(value: Json): string | undefined {
  if (typeof value === "string") return problemOf(value);
  if (value === null || typeof value !== "object") return undefined;
  if (Array.isArray(value)) return firstFound(value);
  return firstFound(Object.keys(value)) ?? firstFound(Object.values(value));
}

function firstFound(values: readonly Json[]): string | undefined {
  for (const value of values) {
    const found = findUnstorableText(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function problemOf(text: string): string | undefined {
  if (text.includes("\0")) return "a text contains a NUL character";
  return text.isWellFormed() ? undefined : "a text contains half of a surrogate pair";
}
