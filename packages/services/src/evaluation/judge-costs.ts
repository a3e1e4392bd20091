/** What the judges of one case cost together, in micro-units. */
export class JudgeCosts {
  #sum: number | null = null;
  #isUnknown = false;
  #spent = 0;

  /** @param micros null when the cost of an answer is unknown. @param isNew false for one that was known before. */
  add(micros: number | null, isNew: boolean): void {
    if (micros === null) this.#isUnknown = true;
    else this.#sum = (this.#sum ?? 0) + micros;
    if (isNew) this.#spent += micros ?? 0;
  }

  /** Null when nobody was asked, and when any answer's cost is unknown: unknown is not zero. */
  total(): number | null {
    return this.#isUnknown ? null : this.#sum;
  }

  /** On answers that were asked for now, as far as known. */
  spent(): number {
    return this.#spent;
  }
}
