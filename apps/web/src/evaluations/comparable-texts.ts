import type { Json } from "@assay/core";

/**
 * Both as texts that can be held against each other line by line: as written, or, where both are JSON, laid out alike
 * with their members in the same order.
 */
export function comparableTexts(output: string, expected: Json): { output: string; expected: string } {
  const wanted = typeof expected === "string" ? (parsed(expected) ?? expected) : expected;
  const given = parsed(output);
  if (given !== undefined && typeof wanted === "object")
    return { output: laidOut(given), expected: laidOut(wanted) };
  return {
    output: output.trim(),
    expected: (typeof expected === "string" ? expected : laidOut(expected)).trim(),
  };
}

/** Objects and lists only: a plain text that happens to be a number is compared as it is written. */
function parsed(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function laidOut(value: Json): string {
  return JSON.stringify(sorted(value), null, 2);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
