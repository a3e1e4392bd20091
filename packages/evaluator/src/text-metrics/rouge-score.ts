import { l as rougeLcs, n as rougeNgrams } from "js-rouge";

/** LCS costs the product of both lengths in words. */
const CELLS_MAX = 25_000_000;
/** As many n-grams as the library makes at most, with room for its own count of them. */
const WORDS_MAX = 60_000;

/** Runs of letters, digits and marks: for English what the `rouge_score` package of Google Research compares. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

export type RougeVariant = { kind: "n"; size: number } | { kind: "l" };

export function rougeWork(output: string, reference: string, { kind }: RougeVariant): number {
  const [a, b] = [output.length / 4, reference.length / 4];
  return kind === "n" ? (a + b) * 40 : Math.min(a * b, CELLS_MAX) * 2;
}

/**
 * ROUGE as an F1-score, 0..1 (Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries"): of the words' n-grams,
 * or of their longest common subsequence with each text taken as one sentence. Words are compared in lower case and
 * not stemmed. Undefined where the texts are too long to compare.
 */
export function rougeScore(output: string, reference: string, variant: RougeVariant): number | undefined {
  const lower = [output.toLowerCase(), reference.toLowerCase()] as const;
  const [found, wanted] = [wordsOf(lower[0]).length, wordsOf(lower[1]).length];
  if (found === 0 || wanted === 0) return 0;
  if (found + wanted > WORDS_MAX || (variant.kind === "l" && found * wanted > CELLS_MAX)) return undefined;
  try {
    return variant.kind === "n"
      ? rougeNgrams(...lower, { n: variant.size, tokenizer: wordsOf })
      : rougeLcs(...lower, { tokenizer: wordsOf, segmenter: (text) => [text] });
  } catch (error) {
    // The library's own bounds of work, which count characters as well.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
