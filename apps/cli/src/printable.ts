import { replaceHidden } from "@assay/core/plain";

/**
 * `text` with everything that a terminal would obey or not show written out as a visible `\u001b`: a model's output, or
 * a stranger's file, must not move the cursor, rename the window or reorder what a person reads. Line breaks and tabs
 * stay.
 */
export function printable(text: string): string {
  return replaceHidden(text, (_, hex) => `\\u${hex.length > 4 ? `{${hex}}` : hex}`);
}

/** The same on one line of at most `lengthMax` characters. */
export function printableLine(text: string, lengthMax = 120): string {
  const line = printable(text.replaceAll(/\s+/g, " ").trim());
  const characters = Array.from(line);
  return characters.length <= lengthMax ? line : `${characters.slice(0, lengthMax - 1).join("")}…`;
}
