import type { TokenLogprob } from "@assay/core";

/** Probabilities of the next token by token, most probable first, as sampled from. */
export type Probabilities<T> = ReadonlyMap<T, number>;

/**
 * Log probabilities of a chosen token and its `topCount` best alternatives, at temperature 1 whatever was sampled at:
 * raising a probability to the power of the temperature and normalising undoes it. Tokens cut away by top_p or a
 * grammar are not part of the distribution.
 */
export function tokenLogprobs<T>(
  { token, probabilities }: { token: T; probabilities: Probabilities<T> },
  { temperature, topCount, textOf }: { temperature: number; topCount: number; textOf: (token: T) => string },
): TokenLogprob {
  const power = temperature > 0 ? temperature : 1;
  const weights = new Map<T, number>();
  let total = 0;
  for (const [candidate, probability] of probabilities) {
    if (probability <= 0) continue;
    const weight = probability ** power;
    weights.set(candidate, weight);
    total += weight;
  }
  const logprobOf = (weight: number | undefined) => Math.log((weight ?? Number.MIN_VALUE) / total);
  const best = [...weights].sort(([, one], [, other]) => other - one).slice(0, topCount);
  return {
    token: textOf(token),
    logprob: logprobOf(weights.get(token)),
    top: best.map(([candidate, weight]) => ({ token: textOf(candidate), logprob: logprobOf(weight) })),
  };
}
