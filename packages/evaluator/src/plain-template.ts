import { type Json, LIMITS } from "@assay/core";

/** Text and names of variables in turn, text first: all there is to a template that only says where variables go. */
export type PlainTemplate = readonly string[];

const VARIABLE = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/;
/** Marks, and the braces that would make one together with a mark beside them. */
const ANY_MARK = /\{\{|\}\}|\{%|%\}|\{$|^\}/;
/** Liquid reads these names as values. */
const LITERALS = new Set(["true", "false", "nil", "null", "empty", "blank"]);

/** What `text` is made of; undefined where it asks for more than variables by their names. */
export function plainTemplateOf(text: string): PlainTemplate | undefined {
  // A pattern with a group splits into what is between its matches and what the group took, in turn.
  const parts = text.split(VARIABLE);
  const isPlain = parts.every((part, index) =>
    index % 2 === 0 ? !ANY_MARK.test(part) : !LITERALS.has(part),
  );
  return isPlain ? parts : undefined;
}

/** The text with its variables, as Liquid would render it; undefined where one is not a text of its own, or too much comes of it. */
export function renderPlain(
  parts: PlainTemplate,
  variables: Readonly<Record<string, Json>>,
): string | undefined {
  let text = parts[0] ?? "";
  for (let index = 1; index < parts.length; index += 2) {
    const name = parts[index] ?? "";
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (typeof value !== "string") return undefined;
    text += value + (parts[index + 1] ?? "");
    if (text.length > LIMITS.renderedBytesMax) return undefined;
  }
  return text;
}
