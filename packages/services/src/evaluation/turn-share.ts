/**
 * A bounded share of each turn of the process, so that others are served between two shares. Where more is wanted than
 * a turn has, tenants are served in turn.
 */
export class TurnShare {
  readonly #max: number;
  #used = 0;
  /** In turn: the tenant served last stands last. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #isTurnCounted = false;

  /** @param max how much may be taken in one turn */
  constructor(max: number) {
    this.#max = max;
  }

  /** Takes one piece of this turn, or settles once a turn has begun that has a piece left, in the tenant's order of asking. */
  take(tenantId: string): Promise<void> {
    this.#countTurn();
    if (this.#used >= this.#max) return new Promise((resolve) => this.#wait(tenantId, resolve));
    this.#used += 1;
    return TAKEN;
  }

  #wait(tenantId: string, begin: () => void): void {
    const queue = this.#waiting.get(tenantId);
    if (queue === undefined) this.#waiting.set(tenantId, [begin]);
    else queue.push(begin);
  }

  #countTurn(): void {
    if (this.#isTurnCounted) return;
    this.#isTurnCounted = true;
    setImmediate(() => {
      this.#isTurnCounted = false;
      const next = this.#takeWaiting();
      this.#used = next.length;
      if (next.length > 0) this.#countTurn();
      for (const begin of next) begin();
    });
  }

  /** Whose turn it is of those that wait, as many as one turn has pieces. */
  #takeWaiting(): (() => void)[] {
    const next: (() => void)[] = [];
    for (const [tenantId, queue] of this.#waiting) {
      if (next.length >= this.#max) break;
      const begin = queue.shift();
      if (begin !== undefined) next.push(begin);
      // Put behind the others, where the loop meets it again.
      this.#waiting.delete(tenantId);
      if (queue.length > 0) this.#waiting.set(tenantId, queue);
    }
    return next;
  }
}

const TAKEN = Promise.resolve();
