import { replaceHidden } from "@assay/core/plain";

/** Names each character that would not be seen: U+202E becomes ⟨202E⟩. Line breaks and tabs stay. */
export function showHidden(text: string): string {
  return replaceHidden(text, (character, hex) => (character === "\r" ? "" : `⟨${hex.toUpperCase()}⟩`));
}
