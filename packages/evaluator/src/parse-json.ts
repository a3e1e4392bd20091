import { type Json, LIMITS } from "@assay/core";

/** A text read as JSON, or why it is none. */
export type ParsedJson = { ok: true; value: Json } | { ok: false; message: string };

/**
 * Reads untrusted text as JSON, never throwing. Refused beside malformed text: nesting past `LIMITS.jsonDepthMax` and
 * numbers too large to be told apart from infinity. A `__proto__` key is an ordinary key of the value.
 */
export function parseJson(text: string): ParsedJson {
  try {
    const value: Json = JSON.parse(text);
    const problem = findProblem(value, 0);
    return problem === undefined ? { ok: true, value } : { ok: false, message: problem };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Looks no deeper than the bound; the engine's own parser does not recurse. */
function findProblem(value: Json, depth: number): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "a number is too large";
  if (value === null || typeof value !== "object") return undefined;
  if (depth >= LIMITS.jsonDepthMax) return `JSON is nested deeper than ${LIMITS.jsonDepthMax} levels`;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    const problem = findProblem(inner, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
