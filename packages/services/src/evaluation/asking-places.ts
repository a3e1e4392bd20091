/** A place of a case among those of its run that may ask the model; none until it is taken. */
export interface AskingPlace {
  /** Settles when the case has its place, at once if it has it already. Rejects with the signal's reason when aborted. */
  take(signal: AbortSignal): Promise<void>;
  leave(): void;
}

interface Waiter {
  enter: () => void;
  reject: (reason: unknown) => void;
}

/**
 * How many cases of a run may ask the model at a time. A few more than that can be in work: they are prepared, and one
 * of them asks in the very turn in which another is done.
 */
export class AskingPlaces {
  #free: number;
  #waiting: Waiter[] = [];
  #followed: AbortSignal | undefined;

  constructor(count: number) {
    this.#free = count;
  }

  open(): AskingPlace {
    let isHeld = false;
    return {
      take: async (signal) => {
        if (isHeld) return;
        await this.#enter(signal);
        isHeld = true;
      },
      leave: () => {
        if (isHeld) this.#leave();
        isHeld = false;
      },
    };
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    this.#follow(signal);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ enter: resolve, reject });
    await promise;
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next.enter();
  }

  /** All cases of a run have the same signal: one listener serves them all. */
  #follow(signal: AbortSignal): void {
    if (this.#followed === signal) return;
    this.#followed = signal;
    signal.addEventListener(
      "abort",
      () => {
        for (const { reject } of this.#waiting.splice(0)) reject(signal.reason);
      },
      { once: true },
    );
  }
}
