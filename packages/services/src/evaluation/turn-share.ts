import { setImmediate as nextTurn } from "node:timers/promises";

/** A bounded share of each turn of the process, so that others are served between two shares. */
export class TurnShare {
  readonly #max: number;
  #used = 0;
  #end: Promise<void> | undefined;

  /** @param max how much may be taken in one turn */
  constructor(max: number) {
    this.#max = max;
  }

  /** Takes one piece of this turn, or settles once the next turn has begun and then takes one of that. */
  async take(): Promise<void> {
    while (this.#used >= this.#max) await this.#end;
    this.#used += 1;
    this.#end ??= nextTurn().then(() => {
      this.#used = 0;
      this.#end = undefined;
    });
  }
}
