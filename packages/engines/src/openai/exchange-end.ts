/**
 * Ends an exchange, once, with a reason: what an AbortController does for many listeners, this does for the one there
 * is, at a fraction of the cost, which every small answer would notice.
 */
export class ExchangeEnd {
  #reason: Error | undefined;
  #act: ((reason: Error) => void) | undefined;
  #controller: AbortController | undefined;

  get isOver(): boolean {
    return this.#reason !== undefined;
  }

  /** Why it is over; undefined before. */
  get reason(): Error | undefined {
    return this.#reason;
  }

  /** A signal for those who can wait for nothing else. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** The first reason stays. */
  end(reason: Error): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#act?.(reason);
    this.#controller?.abort(reason);
  }

  /** What to do at the end, at once if it is over already; it takes the place of what was to be done before. */
  onEnd(act: (reason: Error) => void): void {
    this.#act = act;
    if (this.#reason !== undefined) act(this.#reason);
  }
}
