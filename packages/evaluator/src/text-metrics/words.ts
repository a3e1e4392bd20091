const WORD = /\S+/gu;

/** Words as `wc -w` counts them: what stands between white space. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}
