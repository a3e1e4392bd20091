interface Refusal {
  /** Which entry was refused, of how many so far. */
  entry: number;
  entries: number;
  /** Until when nothing is to be asked. */
  pausedUntilMs: number;
}

/**
 * How many may be in flight, learned from what comes back. It doubles per round of answers until something first said
 * "later", which halves it; from then on it grows by one per round (slow start and additive increase, multiplicative
 * decrease, as in RFC 5681). Who asks for a pause gets it.
 */
export class Pace {
  readonly #max: number;
  #limit: number;
  #threshold: number;
  #hasPushedBack = false;
  /** A refusal of an entry before the last halving says nothing new. */
  #halvedAtEntry = 0;
  #pausedUntilMs = 0;

  constructor({ start, max }: { start: number; max: number }) {
    this.#max = max;
    this.#limit = Math.min(start, max);
    this.#threshold = max;
  }

  get limit(): number {
    // Sixteen sixteenths are one more, whatever floating point says.
    return Math.floor(this.#limit + 1e-6);
  }

  get isFull(): boolean {
    return this.limit >= this.#max;
  }

  /** How long the pause still lasts; nothing when it is over. */
  pauseMs(nowMs: number): number {
    return Math.max(0, this.#pausedUntilMs - nowMs);
  }

  /** Ignored once something said "later". */
  startFrom(count: number): void {
    if (!this.#hasPushedBack) this.#limit = Math.max(this.#limit, Math.min(count, this.#max));
  }

  grow(): void {
    const step = this.#limit < this.#threshold ? 1 : 1 / this.limit;
    this.#limit = Math.min(this.#max, this.#limit + step);
  }

  slowDown({ entry, entries, pausedUntilMs }: Refusal): void {
    this.#hasPushedBack = true;
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, pausedUntilMs);
    if (entry <= this.#halvedAtEntry) return;
    this.#halvedAtEntry = entries;
    this.#threshold = Math.max(1, Math.floor(this.#limit / 2));
    this.#limit = this.#threshold;
  }
}
