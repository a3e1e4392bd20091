import type { PromptContent } from "@assay/core";

/** Contents that somebody edited in a column and that are no version, by the name that the column has for them. */
export type Edits = Readonly<Record<string, PromptContent>>;

/** Looks like contents; the server says whether they are any. */
export function isEdits(value: unknown): value is Edits {
  return typeof value === "object" && value !== null && Object.values(value).every(isContent);
}

function isContent(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { messages, model, sampling } = value as Partial<PromptContent>;
  return Array.isArray(messages) && typeof model === "string" && typeof sampling === "object";
}

/** A name that no edit has yet. */
export function freshEdit(edits: Edits): string {
  for (let n = 1; ; n += 1) if (edits[`e${n}`] === undefined) return `e${n}`;
}
