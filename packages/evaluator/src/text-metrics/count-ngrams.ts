const STEPS_PER_CHARACTER = 200;

/** How often each run of `size` items occurs. Items are told apart by a character that no item has. */
export function countNgrams(items: readonly string[], size: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + size <= items.length; start++) {
    const ngram = items.slice(start, start + size).join("\u0000");
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** How many runs both have, each as often as the one that has it less often. */
export function countShared(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [ngram, count] of a) shared += Math.min(count, b.get(ngram) ?? 0);
  return shared;
}

/** Steps that comparing these texts by all their short runs takes, in a scorer's measure. */
export function ngramSteps(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0) * STEPS_PER_CHARACTER;
}
