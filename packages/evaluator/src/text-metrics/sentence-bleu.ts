import { countNgrams, countShared } from "./count-ngrams.ts";
import { tokenize13a } from "./tokenize-13a.ts";

const ORDER_MAX = 4;

/**
 * BLEU of one output against its references, 0..1: the geometric mean of the clipped precisions of 1- to 4-grams times
 * the brevity penalty exp(1 − r/c) for outputs shorter than the nearest reference (Papineni et al. 2002). As sacreBLEU
 * computes it for a sentence (Post 2018): tokens of 13a, exponential smoothing (the k-th order without a match counts
 * as 1/2^k of a match; Chen & Cherry 2014, method 3), orders longer than the output left out. Without any matching
 * word it is 0.
 */
export function sentenceBleu(output: string, references: readonly string[]): number {
  const found = tokenize13a(output);
  const wanted = references.map((reference) => tokenize13a(reference));
  if (found.length === 0) return 0;
  let logs = 0;
  let smooth = 1;
  const orders = Math.min(ORDER_MAX, found.length);
  for (let order = 1; order <= orders; order++) {
    const total = found.length - order + 1;
    const matches = countShared(countNgrams(found, order), mostOfEach(wanted, order));
    if (matches === 0 && order === 1) return 0;
    if (matches === 0) smooth *= 2;
    logs += Math.log((matches === 0 ? 1 / smooth : matches) / total);
  }
  return brevityPenalty(found.length, wanted) * Math.exp(logs / orders);
}

function mostOfEach(references: readonly string[][], order: number): Map<string, number> {
  const most = new Map<string, number>();
  for (const reference of references)
    for (const [ngram, count] of countNgrams(reference, order))
      most.set(ngram, Math.max(count, most.get(ngram) ?? 0));
  return most;
}

/** Held against the reference that is nearest in length, the shorter of two that are equally near. */
function brevityPenalty(length: number, references: readonly string[][]): number {
  const lengths = references.map((reference) => reference.length);
  const nearest = lengths.toSorted(
    (a, b) => Math.abs(a - length) - Math.abs(b - length) || a - b,
  )[0] as number;
  return length < nearest ? Math.exp(1 - nearest / length) : 1;
}
