import { performance } from "node:perf_hooks";
import type { EngineFailure } from "@assay/core";
import { isPushBack, type Place } from "@assay/evaluator";

const PAUSE_MAX_MS = 30_000;

interface Waiter {
  enter: (place: Place) => void;
}

interface LimitOptions {
  /** How many may be in flight at first. */
  start: number;
  /** How many may ever be. */
  max: number;
  nowMs?: () => number;
}

/**
 * How many batch requests may be in flight to one connection at a time, for all runs of this process. It doubles per
 * round of answers until something first said "later", which halves it; from then on it grows by one per round (slow
 * start and additive increase, multiplicative decrease, as in RFC 5681). Who asks for a pause gets it. Places go to
 * the tenant that holds the fewest, and among equals in turn.
 */
export class ConnectionLimit {
  readonly #max: number;
  readonly #nowMs: () => number;
  #limit: number;
  #threshold: number;
  #hasPushedBack = false;
  #inFlight = 0;
  /** Counts entries; a refusal of an entry before the last halving says nothing new. */
  #entries = 0;
  #halvedAtEntry = 0;
  #pausedUntilMs = 0;
  #pause: NodeJS.Timeout | undefined;
  readonly #held = new Map<string, number>();
  /** In turn: the tenant served last stands last. */
  readonly #waiting = new Map<string, Set<Waiter>>();

  constructor({ start, max, nowMs = () => performance.now() }: LimitOptions) {
    this.#max = max;
    this.#limit = Math.min(start, max);
    this.#threshold = max;
    this.#nowMs = nowMs;
  }

  /** How many may be in flight now. */
  get limit(): number {
    // Sixteen sixteenths are one more, whatever floating point says.
    return Math.floor(this.#limit + 1e-6);
  }

  get isIdle(): boolean {
    return this.#inFlight === 0 && this.#waiting.size === 0;
  }

  /** Begins with this many, as someone who knows the connection asks for; ignored once it has said "later". */
  startFrom(count: number): void {
    if (!this.#hasPushedBack) this.#limit = Math.max(this.#limit, Math.min(count, this.#max));
    this.#admit();
  }

  /** Waits for a place. Rejects with the signal's reason when it is aborted before. */
  async enter(tenantId: string, signal: AbortSignal): Promise<Place> {
    signal.throwIfAborted();
    const isFree = this.#waiting.size === 0 && this.#inFlight < this.limit;
    if (isFree && this.#nowMs() >= this.#pausedUntilMs) return this.#take(tenantId);
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    const waiter: Waiter = { enter: resolve };
    const queue = this.#waiting.get(tenantId) ?? new Set();
    queue.add(waiter);
    this.#waiting.set(tenantId, queue);
    const onAbort = () => {
      if (queue.delete(waiter) && queue.size === 0) this.#dropQueue(tenantId, queue);
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    this.#admit();
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  #dropQueue(tenantId: string, queue: Set<Waiter>): void {
    if (this.#waiting.get(tenantId) === queue) this.#waiting.delete(tenantId);
  }

  #admit(): void {
    const pauseMs = this.#pausedUntilMs - this.#nowMs();
    if (pauseMs > 0) {
      this.#pause ??= setTimeout(() => {
        this.#pause = undefined;
        this.#admit();
      }, pauseMs);
      return;
    }
    while (this.#inFlight < this.limit) {
      const tenantId = this.#nextTenant();
      const queue = tenantId === undefined ? undefined : this.#waiting.get(tenantId);
      const [waiter] = queue ?? [];
      if (tenantId === undefined || queue === undefined || waiter === undefined) return;
      queue.delete(waiter);
      this.#waiting.delete(tenantId);
      if (queue.size > 0) this.#waiting.set(tenantId, queue);
      waiter.enter(this.#take(tenantId));
    }
  }

  #nextTenant(): string | undefined {
    let next: string | undefined;
    for (const tenantId of this.#waiting.keys()) {
      if (next === undefined || this.#heldBy(tenantId) < this.#heldBy(next)) next = tenantId;
    }
    return next;
  }

  #heldBy(tenantId: string): number {
    return this.#held.get(tenantId) ?? 0;
  }

  #take(tenantId: string): Place {
    const entry = ++this.#entries;
    this.#inFlight += 1;
    this.#held.set(tenantId, this.#heldBy(tenantId) + 1);
    let isHeld = true;
    return {
      leave: (failure) => {
        if (!isHeld) return;
        isHeld = false;
        this.#inFlight -= 1;
        const left = this.#heldBy(tenantId) - 1;
        if (left > 0) this.#held.set(tenantId, left);
        else this.#held.delete(tenantId);
        this.#learn(entry, failure);
        this.#admit();
      },
    };
  }

  #learn(entry: number, failure: EngineFailure | undefined): void {
    // It grows only while more is wanted than it allows: an idle connection has proven nothing.
    if (failure === undefined && this.#waiting.size > 0) {
      const step = this.#limit < this.#threshold ? 1 : 1 / this.limit;
      this.#limit = Math.min(this.#max, this.#limit + step);
    }
    if (failure === undefined || !(isPushBack(failure) || failure.code === "unavailable")) return;
    this.#hasPushedBack = true;
    const pauseMs = Math.min(failure.retryAfterMs ?? 0, PAUSE_MAX_MS);
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, this.#nowMs() + pauseMs);
    if (entry <= this.#halvedAtEntry) return;
    this.#halvedAtEntry = this.#entries;
    this.#threshold = Math.max(1, Math.floor(this.#limit / 2));
    this.#limit = this.#threshold;
  }
}
