// What shows as nothing or changes what stands around it, and so lets text be other than it looks, or a terminal obey
// it: control characters but tab and line feed, soft hyphens, marks and overrides of direction, characters of no width,
// separators of lines and paragraphs, and tags, which spell whole sentences that models read and people do not see.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** `text` with each character that would not be seen replaced by what `show` makes of it. Line breaks and tabs stay. */
export function replaceHidden(text: string, show: (character: string, hex: string) => string): string {
  return text.replaceAll(HIDDEN, (character) =>
    show(character, (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")),
  );
}
