import { countNgrams, countShared } from "./count-ngrams.ts";

const CHARACTER_ORDER_MAX = 6;

/**
 * chrF, 0..1: the F-score of character n-grams with recall weighing β times as much as precision (Popović 2015, "chrF:
 * character n-gram F-score for automatic MT evaluation"). As sacreBLEU computes it: white space left out, orders 1 to
 * 6, precision and recall averaged over the orders that both texts are long enough for, then one F-score of them.
 */
export function chrfScore(output: string, reference: string, beta: number): number {
  const [found, wanted] = [charactersOf(output), charactersOf(reference)];
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let order = 1; order <= CHARACTER_ORDER_MAX; order++) {
    const [foundTotal, wantedTotal] = [found.length - order + 1, wanted.length - order + 1];
    if (foundTotal <= 0 || wantedTotal <= 0) break;
    const matches = countShared(countNgrams(found, order), countNgrams(wanted, order));
    precision += matches / foundTotal;
    recall += matches / wantedTotal;
    orders++;
  }
  if (precision + recall === 0) return 0;
  const weight = beta ** 2;
  return (
    ((1 + weight) * (precision / orders) * (recall / orders)) /
    ((weight * precision) / orders + recall / orders)
  );
}

function charactersOf(text: string): string[] {
  return [...text.replace(/\s+/gu, "")];
}
