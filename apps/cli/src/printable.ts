// Control characters, line separators, and marks that change the direction of text: a model's output, or a stranger's
// file, must not move the cursor, rename the window or reorder what a person reads.
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** `text` with everything a terminal would obey written out as a visible `\u001b`. Line breaks and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, visible);
}

/** The same on one line of at most `lengthMax` characters. */
export function printableLine(text: string, lengthMax = 120): string {
  const line = printable(text.replaceAll(/\s+/g, " ").trim());
  const characters = Array.from(line);
  return characters.length <= lengthMax ? line : `${characters.slice(0, lengthMax - 1).join("")}…`;
}

function visible(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
