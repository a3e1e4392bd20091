/** A place in a text, in UTF-16 code units; `end` is the first one after it. */
export interface Span {
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{N}_]/u;

/** Does the span stand by itself, with no letter or digit of another word beside it? */
export function standsAlone(text: string, { start, end }: Span): boolean {
  return !WORD.test(text.charAt(start - 1)) && !WORD.test(text.charAt(end));
}
