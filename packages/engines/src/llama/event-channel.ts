/** A queue between one producer that never waits and one consumer that iterates. Bounded by what a request may say. */
export class EventChannel<T> implements AsyncIterable<T> {
  readonly #buffered: T[] = [];
  #wake: (() => void) | undefined;
  #closed = false;

  push(item: T): void {
    if (this.#closed) return;
    this.#buffered.push(item);
    this.#wake?.();
  }

  /** Nothing pushed later is seen; what was pushed before still is. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    while (true) {
      const item = this.#buffered.shift();
      if (item !== undefined) yield item;
      else if (this.#closed) return;
      else await this.#pushed();
    }
  }

  #pushed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
