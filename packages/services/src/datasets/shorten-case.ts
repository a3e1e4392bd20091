import { Case, type Json, LIMITS } from "@assay/core";
import { detached } from "../detached.ts";

const TEXT_CHARS_MAX = 500;
const MEMBERS_MAX = 20;

/** The same case where it is short enough to be read on a page of many, and else the beginning of each of its parts. */
export function shortenCase(whole: Case): Case {
  const max = LIMITS.shownCaseCharsMax;
  if (JSON.stringify(whole).length <= max) return whole;
  const { key, tags, group, ...parts } = whole;
  const about = { key, tags, ...(group !== undefined && { group }) };
  const short = Case.safeParse({ ...about, ...(shorten(parts as Json) as object) });
  if (short.success && JSON.stringify(short.data).length <= max) return detached(short.data);
  return {
    ...about,
    ...(parts.variables !== undefined && { variables: {} }),
    ...(parts.messages !== undefined && { messages: [] }),
    ...(parts.expected !== undefined && { expected: "…" }),
  };
}

function shorten(value: Json): Json {
  if (typeof value === "string") return shortText(value);
  if (Array.isArray(value)) return value.slice(0, MEMBERS_MAX).map(shorten);
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).slice(0, MEMBERS_MAX);
  return Object.fromEntries(members.map(([name, inner]) => [name, shorten(inner)]));
}

/** Never cut between the halves of a surrogate pair. */
function shortText(text: string): string {
  if (text.length <= TEXT_CHARS_MAX) return text;
  return `${text.slice(0, TEXT_CHARS_MAX).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
