import type { Json } from "@assay/core";
import { parseJson } from "./parse-json.ts";

const VALUES_MAX = 20;
const ATTEMPTS_MAX = 200;
/** How often the text may be read altogether: a bracket that is never closed costs one reading of the rest. */
const READINGS_MAX = 8;
/** What a short text may take in any case. */
const CHARACTERS_MIN = 1_000_000;

/**
 * The JSON objects and lists within a text, outermost ones, in order, at most 20. The work is linear in the text: a
 * text of very many brackets that belong to no JSON is given up.
 */
export function findJson(text: string): Json[] {
  const values: Json[] = [];
  let attempts = 0;
  let budget = Math.max(CHARACTERS_MIN, READINGS_MAX * text.length);
  let position = 0;
  while (position < text.length && values.length < VALUES_MAX && attempts < ATTEMPTS_MAX && budget > 0) {
    const start = nextOpening(text, position);
    if (start === undefined) break;
    const end = endOf(text, start);
    budget -= (end ?? text.length) - start;
    attempts++;
    const parsed = end === undefined ? undefined : parseJson(text.slice(start, end));
    if (parsed?.ok) values.push(parsed.value);
    position = parsed?.ok ? (end as number) : start + 1;
  }
  return values;
}

function nextOpening(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) if (text[at] === "{" || text[at] === "[") return at;
  return undefined;
}

/** After the bracket that closes the one at `start`; brackets within quotes do not count. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') at = endOfQuoted(text, at);
    else depth += DEPTH_CHANGES[character] ?? 0;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

const DEPTH_CHANGES: Readonly<Record<string, number>> = { "{": 1, "[": 1, "}": -1, "]": -1 };

/** The quote that closes the one at `start`, or the end of the text. */
function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
