import { countNgrams, countShared } from "./count-ngrams.ts";
import { tokenize13a } from "./tokenize-13a.ts";

const ORDER_MAX = 4;

/**
 * Google's GLEU, 0..1: of all 1- to 4-grams the smaller of precision and recall (Wu et al. 2016, "Google's Neural
 * Machine Translation System", section 4.3). Against several references the best counts. Tokens are those of BLEU.
 */
export function sentenceGleu(output: string, references: readonly string[]): number {
  const found = tokenize13a(output);
  return Math.max(...references.map((reference) => gleu(found, tokenize13a(reference))));
}

function gleu(found: readonly string[], wanted: readonly string[]): number {
  let matches = 0;
  let foundTotal = 0;
  let wantedTotal = 0;
  for (let order = 1; order <= ORDER_MAX; order++) {
    matches += countShared(countNgrams(found, order), countNgrams(wanted, order));
    foundTotal += Math.max(0, found.length - order + 1);
    wantedTotal += Math.max(0, wanted.length - order + 1);
  }
  const larger = Math.max(foundTotal, wantedTotal);
  return larger === 0 ? 0 : matches / larger;
}
