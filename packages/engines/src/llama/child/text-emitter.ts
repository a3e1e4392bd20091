/**
 * Lets text through until a stop sequence appears. The end of the text is held back for as long as it could be the
 * beginning of a stop sequence, so that no part of one is ever seen.
 */
export class TextEmitter {
  readonly #stops: readonly string[];
  #held = "";
  #stopped = false;

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop.length > 0);
  }

  /** Has a stop sequence been seen? Nothing comes out any more. */
  get stopped(): boolean {
    return this.#stopped;
  }

  push(text: string): string {
    if (this.#stopped) return "";
    this.#held += text;
    const found = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((index) => index >= 0);
    if (found.length > 0) {
      this.#stopped = true;
      return this.#release(Math.min(...found));
    }
    return this.#release(this.#held.length - this.#suspectLength());
  }

  /** The generation ended by itself: what was held back was text after all. */
  end(): string {
    return this.#stopped ? "" : this.#release(this.#held.length);
  }

  /** The length of the longest end of the held text with which some stop sequence begins. */
  #suspectLength(): number {
    const longest = Math.max(0, ...this.#stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, this.#held.length); length > 0; length--) {
      const end = this.#held.slice(-length);
      if (this.#stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }

  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#stopped ? "" : this.#held.slice(length);
    return text;
  }
}
