/**
 * Keeps what is costly to make, by the text it is made from. Bounded by the summed length of those texts; what was
 * used longest ago leaves first.
 */
export class BoundedCache<T> {
  readonly #charsMax: number;
  readonly #entries = new Map<string, T>();
  #chars = 0;

  constructor(charsMax: number) {
    this.#charsMax = charsMax;
  }

  /** What was made from `text`, or `make()` now. Nothing is kept when `make` throws or the text alone is too long. */
  getOrMake(text: string, make: () => T): T {
    const kept = this.#entries.get(text);
    if (kept !== undefined) {
      this.#entries.delete(text);
      this.#entries.set(text, kept);
      return kept;
    }
    const made = make();
    this.#keep(text, made);
    return made;
  }

  /** Summed length of the texts held, in UTF-16 code units. */
  get chars(): number {
    return this.#chars;
  }

  #keep(text: string, made: T): void {
    if (text.length > this.#charsMax) return;
    this.#entries.set(text, made);
    this.#chars += text.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#chars <= this.#charsMax) return;
      this.#entries.delete(oldest);
      this.#chars -= oldest.length;
    }
  }
}
