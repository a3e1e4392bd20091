import type { Case } from "@assay/core";

/** The expectation as text: itself when it is text, its JSON when it is a number, boolean or null. */
export function expectedText({ expected }: Pick<Case, "expected">): string | undefined {
  if (typeof expected === "string") return expected;
  return expected === undefined || (typeof expected === "object" && expected !== null)
    ? undefined
    : JSON.stringify(expected);
}

/** How two texts are made comparable before a scorer compares them. */
export function normalizeText(text: string, how: { ignoreCase: boolean; trim: boolean }): string {
  const trimmed = how.trim ? text.trim() : text;
  return how.ignoreCase ? trimmed.toLowerCase() : trimmed;
}
