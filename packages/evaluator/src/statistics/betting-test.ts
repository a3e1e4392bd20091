import type { ValueRange } from "./mean-interval.ts";

/** Values of one independent group: their sum and how many they are. */
export interface GroupSum {
  sum: number;
  count: number;
}

/** The share of the capital that each bettor stakes; which is best depends on the variance, which nobody knows. */
const STAKES = [0.01, 0.02, 0.04, 0.07, 0.11, 0.16, 0.23, 0.32, 0.44, 0.6, 0.8, 0.98];

const EPSILON = 1e-9;

/** One null hypothesis about the mean of bounded values. */
export interface NullHypothesis {
  /** `above`: against means up to `bound`; `below`: against means from `bound` on. */
  side: "above" | "below";
  bound: number;
  range: ValueRange;
  /** The most values that a group can have. */
  countMax: number;
}

/**
 * Tests by betting whether the mean of the values lies on one side of a bound, after every group, however often one
 * looks. Against a mean ≤ m each bettor stakes a share u of its capital on a fair price: the factor for a group is
 * 1 + u · Σ(x − m) / (c · (m − min)), c the most values of a group. Under the null the mean of the bettors' capitals is
 * a supermartingale that starts at 1, so the chance that it ever reaches 1/α is at most α (Ville 1939). Groups must be
 * independent and come in random order.
 *
 * Waudby-Smith & Ramdas, JRSSB 86 (2024), sections 4 and B; a fixed mixture over stakes instead of a predicted one, as
 * in Cover's universal portfolios, Mathematical Finance 1 (1991), so that only which groups were seen counts.
 */
export class BettingTest {
  readonly #logCapitals = new Float64Array(STAKES.length);
  readonly #sign: 1 | -1;
  readonly #bound: number;
  readonly #stock: number;
  #peak = 0;

  constructor({ side, bound, range, countMax }: NullHypothesis) {
    this.#sign = side === "above" ? 1 : -1;
    this.#bound = bound;
    this.#stock = (side === "above" ? bound - range.min : range.max - bound) * countMax;
  }

  add({ sum, count }: GroupSum): void {
    const excess = this.#sign * (sum - this.#bound * count);
    if (this.#stock <= 0) {
      // No value lies beyond the end of the range: one on this side of it refutes that the mean is there.
      if (excess > EPSILON) this.#peak = Number.POSITIVE_INFINITY;
      return;
    }
    const gain = Math.max(-1, excess / this.#stock);
    let largest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < STAKES.length; index++) {
      const capital = (this.#logCapitals[index] ?? 0) + Math.log1p((STAKES[index] ?? 0) * gain);
      this.#logCapitals[index] = capital;
      if (capital > largest) largest = capital;
    }
    // The mean is at most the largest, so most looks need no exponentials.
    if (largest > this.#peak) this.#peak = Math.max(this.#peak, this.#logMeanCapital(largest));
  }

  /** Natural logarithm of the most that the bettors together ever had; at least log(1/α) refutes the null at α. */
  get peak(): number {
    return this.#peak;
  }

  #logMeanCapital(largest: number): number {
    let sum = 0;
    for (const capital of this.#logCapitals) sum += Math.exp(capital - largest);
    return largest + Math.log(sum / STAKES.length);
  }
}
