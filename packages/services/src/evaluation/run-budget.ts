import { AppError } from "@assay/core";

interface Waiting {
  share: BudgetShare;
  estimateMicros: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** What one case has reserved, and what was spent on it so far, whether or not there is a result of it. */
export interface BudgetShare {
  reservedMicros: number;
  spentMicros: number;
  isWaiting: boolean;
}

/**
 * What a run may spend. Every call reserves the most that it can cost before it is made, and what a case reserved is
 * given back, less what it spent, once its result is stored. So spent and reserved together never go past the cap,
 * however many cases are in flight; a call that costs more than its estimate is the only overrun there can be.
 */
export class RunBudget {
  readonly #capMicros: number | null;
  #spentMicros: number;
  readonly #shares = new Set<BudgetShare>();
  #reservedMicros = 0;
  #waiting: Waiting[] = [];
  #refusal: AppError | undefined;

  /** @param capMicros null for no cap. @param spentMicros by earlier attempts at the run. */
  constructor(capMicros: number | null, spentMicros: number) {
    this.#capMicros = capMicros;
    this.#spentMicros = spentMicros;
  }

  get isCapped(): boolean {
    return this.#capMicros !== null;
  }

  get spentMicros(): number {
    return this.#spentMicros;
  }

  /** Why the run must end: a call could not be paid for. */
  get refusal(): AppError | undefined {
    return this.#refusal;
  }

  open(): BudgetShare {
    const share: BudgetShare = { reservedMicros: 0, spentMicros: 0, isWaiting: false };
    this.#shares.add(share);
    return share;
  }

  /**
   * Reserves for one more call of a case; waits while others may still give something back.
   * @throws AppError when nothing can come back that would make room.
   */
  async reserve(share: BudgetShare, estimateMicros: number): Promise<void> {
    if (this.#capMicros === null) return;
    // What the refused cases give back is not spent on others: the run is ending.
    if (this.#refusal !== undefined) throw this.#refusal;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ share, estimateMicros, resolve, reject });
    share.isWaiting = true;
    this.#serve();
    await promise;
  }

  /** Gives back what a case reserved, now that what it spent is counted. */
  settle(share: BudgetShare): void {
    if (!this.#shares.delete(share)) return;
    this.#reservedMicros -= share.reservedMicros;
    this.#spentMicros += share.spentMicros;
    this.#serve();
  }

  #serve(): void {
    const cap = this.#capMicros ?? Number.POSITIVE_INFINITY;
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined) return;
      const { share, estimateMicros, resolve } = first;
      if (this.#spentMicros + this.#reservedMicros + estimateMicros > cap) break;
      this.#waiting.shift();
      this.#reservedMicros += estimateMicros;
      share.reservedMicros += estimateMicros;
      share.isWaiting = false;
      resolve();
    }
    if (!this.#canMakeRoom()) this.#refuse();
  }

  /** Is there a case that holds something and is not itself waiting for more? */
  #canMakeRoom(): boolean {
    for (const { reservedMicros, isWaiting } of this.#shares)
      if (reservedMicros > 0 && !isWaiting) return true;
    return false;
  }

  #refuse(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    const spentMicros = [...this.#shares].reduce((sum, share) => sum + share.spentMicros, this.#spentMicros);
    const free = (this.#capMicros ?? 0) - this.#spentMicros - this.#reservedMicros;
    this.#refusal = new AppError(
      "conflict",
      `The run stopped at its budget of ${this.#capMicros} micro-units: it spent ${spentMicros}, and the next call may cost ${first.estimateMicros} where ${Math.max(0, free)} are left. Its results are kept, and a new run with a larger budget uses their answers again.`,
    );
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(this.#refusal);
  }
}
