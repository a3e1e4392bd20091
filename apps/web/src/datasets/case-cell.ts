import type { Case, Json } from "@assay/core";
import { LIMITS, splitList } from "@assay/core/plain";
import type { InlineColumn } from "./grid-columns.ts";

/** What a cell holds, as text to be changed. */
export function cellText(of: Case, column: InlineColumn): string {
  if (column === "tags") return of.tags.join(", ");
  if (column === "group") return of.group ?? "";
  const { expected } = of;
  if (expected === undefined) return "";
  return typeof expected === "string" ? expected : JSON.stringify(expected);
}

/** The case with another text in a cell; undefined where the text is not what the cell can hold. */
export function caseWithCell(of: Case, column: InlineColumn, text: string): Case | undefined {
  if (column === "tags") {
    const tags = splitTags(text);
    return tags.every((tag) => tag.length <= LIMITS.caseTagLengthMax) && tags.length <= LIMITS.tagsPerCaseMax
      ? { ...of, tags }
      : undefined;
  }
  const { [column]: before, ...rest } = of;
  const trimmed = text.trim();
  if (column === "group") {
    if (trimmed.length > LIMITS.caseGroupLengthMax) return undefined;
    return trimmed === "" ? rest : { ...rest, group: trimmed };
  }
  if (text === "") return rest;
  // What was a text stays one, even if it looks like a number; what was JSON must be JSON.
  if (before === undefined || typeof before === "string") return { ...rest, expected: text };
  const value = parsed(text);
  return value === undefined ? undefined : { ...rest, expected: value };
}

export function splitTags(text: string): string[] {
  return [...new Set(splitList(text, /[,;]/))];
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
