const GUESS_MS = 1_000;
const RETRY_MIN_MS = 250;
const RETRY_MAX_MS = 60_000;
/** How much the newest measurement counts. */
const NEWEST_SHARE = 0.2;

/** Remembers how long requests take, so that a refused caller learns when to come back. */
export class ThroughputMeter {
  #serviceMs: number | undefined;

  record(serviceMs: number): void {
    const known = this.#serviceMs;
    this.#serviceMs = known === undefined ? serviceMs : known + NEWEST_SHARE * (serviceMs - known);
  }

  /** When `waiting` requests will probably have been served by `parallel` at a time. */
  retryAfterMs(waiting: number, parallel: number): number {
    const estimate = ((this.#serviceMs ?? GUESS_MS) * waiting) / Math.max(1, parallel);
    return Math.round(Math.min(RETRY_MAX_MS, Math.max(RETRY_MIN_MS, estimate)));
  }
}
