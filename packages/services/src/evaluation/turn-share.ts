/** A bounded share of each turn of the process, so that others are served between two shares. */
export class TurnShare {
  readonly #max: number;
  #used = 0;
  #waiting: (() => void)[] = [];
  #isTurnCounted = false;

  /** @param max how much may be taken in one turn */
  constructor(max: number) {
    this.#max = max;
  }

  /** Takes one piece of this turn, or settles once a turn has begun that has a piece left, in the order of asking. */
  take(): Promise<void> {
    this.#countTurn();
    if (this.#used >= this.#max) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#used += 1;
    return TAKEN;
  }

  #countTurn(): void {
    if (this.#isTurnCounted) return;
    this.#isTurnCounted = true;
    setImmediate(() => {
      this.#isTurnCounted = false;
      const next = this.#waiting.splice(0, this.#max);
      this.#used = next.length;
      if (next.length > 0) this.#countTurn();
      for (const begin of next) begin();
    });
  }
}

const TAKEN = Promise.resolve();
