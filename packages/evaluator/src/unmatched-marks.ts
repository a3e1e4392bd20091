import { LIMITS } from "@assay/core";

/** A mark of the template language that stands alone. */
export interface UnmatchedMark {
  kind: "unclosed" | "unopened";
  mark: string;
  line: number;
  column: number;
}

const ENDS = { "{{": "}}", "{%": "%}" } as const;
type Opening = keyof typeof ENDS;

/**
 * Marks that open without closing, and marks that close nothing. The parser takes the latter as text, so that
 * `{ name }}` would be sent as it is written. Braces of JSON, which are in pairs, are none of them.
 */
export function unmatchedMarks(text: string): UnmatchedMark[] {
  const found: UnmatchedMark[] = [];
  let at = 0;
  let braces = 0;
  while (at < text.length && found.length < LIMITS.promptProblemsMax) {
    const pair = text.slice(at, at + 2);
    if (isOpening(pair)) {
      const end = endOf(text, at, pair);
      if (end === undefined) found.push({ kind: "unclosed", mark: pair, ...placeOf(text, at) });
      at = end === undefined ? at + 2 : afterVerbatim(text, at, end);
      continue;
    }
    if (pair === "%}" || (pair === "}}" && braces < 2)) {
      found.push({ kind: "unopened", mark: pair, ...placeOf(text, at) });
      braces = 0;
      at += 2;
      continue;
    }
    braces = bracesAfter(braces, text[at]);
    at += 1;
  }
  return found;
}

function isOpening(pair: string): pair is Opening {
  return pair in ENDS;
}

function bracesAfter(braces: number, character: string | undefined): number {
  if (character === "{") return braces + 1;
  return character === "}" ? Math.max(0, braces - 1) : braces;
}

/** Behind the mark that closes; undefined where another opens first, outside of quotes, or nothing does. */
function endOf(text: string, start: number, opening: Opening): number | undefined {
  let quote: string | undefined;
  for (let at = start + 2; at < text.length; at += 1) {
    const character = text[at];
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      continue;
    }
    if (character === '"' || character === "'") quote = character;
    const pair = text.slice(at, at + 2);
    if (pair === ENDS[opening]) return at + 2;
    if (isOpening(pair)) return undefined;
  }
  return undefined;
}

/** What stands within `raw` and `comment` is not looked at. */
function afterVerbatim(text: string, start: number, end: number): number {
  const tag = /^\{%-?\s*(raw|comment)\s*-?%\}$/.exec(text.slice(start, end))?.[1];
  if (tag === undefined) return end;
  const closing = new RegExp(`\\{%-?\\s*end${tag}\\s*-?%\\}`, "g");
  closing.lastIndex = end;
  return closing.exec(text) === null ? text.length : closing.lastIndex;
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") };
}
