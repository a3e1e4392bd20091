import { invariant } from "@assay/core";

/** A queue between one producer that never waits and one consumer that iterates. Bounded by what a request may say. */
export class EventChannel<T> implements AsyncIterable<T> {
  #buffered: T[] = [];
  #wake: (() => void) | undefined;
  #closed = false;

  push(item: T): void {
    invariant(!this.#closed, "nothing follows the end");
    this.#buffered.push(item);
    this.#wake?.();
  }

  /** Puts these in the place of what has not been read yet, where there is any. */
  replaceUnread(...items: T[]): void {
    if (this.#buffered.length > 0) this.#buffered = items;
  }

  /** The end: what was pushed before can still be read. */
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
