/** What the judges of one case cost together, in micro-units. */
export class JudgeCosts {
  #sum: number | null = null;
  #isUnknown = false;

  /** @param micros null when the cost of an answer is unknown. */
  add(micros: number | null): void {
    if (micros === null) this.#isUnknown = true;
    else this.#sum = (this.#sum ?? 0) + micros;
  }

  /** Null when nobody was asked, and when any answer's cost is unknown: unknown is not zero. */
  total(): number | null {
    return this.#isUnknown ? null : this.#sum;
  }
}
