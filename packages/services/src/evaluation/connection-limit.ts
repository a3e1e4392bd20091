import { performance } from "node:perf_hooks";
import type { EngineFailure } from "@assay/core";
import { isPushBack, type Place } from "@assay/evaluator";
import { Pace } from "./pace.ts";

const PAUSE_MAX_MS = 30_000;
/** How long an idle tenant's own pace is kept after its pause: as long as what was refused may take to come back. */
const REMEMBERED_MS = 30_000;

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
 * How many batch requests may be in flight to one connection at a time, for all runs of this process: at its pace, and
 * for a tenant that was refused for what it has under way itself, at a pace of its own besides. Places go to the
 * tenant that holds the fewest, and among equals in turn.
 */
export class ConnectionLimit {
  readonly #max: number;
  readonly #nowMs: () => number;
  readonly #pace: Pace;
  /** Of tenants that were refused alone, until they are as fast as can be or have asked nothing for a while. */
  readonly #paces = new Map<string, Pace>();
  #inFlight = 0;
  #entries = 0;
  #wake: { timer: NodeJS.Timeout; atMs: number } | undefined;
  readonly #held = new Map<string, number>();
  /** In turn: the tenant served last stands last. */
  readonly #waiting = new Map<string, Set<Waiter>>();

  constructor({ start, max, nowMs = () => performance.now() }: LimitOptions) {
    this.#max = max;
    this.#pace = new Pace({ start, max });
    this.#nowMs = nowMs;
  }

  /** How many may be in flight now. */
  get limit(): number {
    return this.#pace.limit;
  }

  get isIdle(): boolean {
    return this.#inFlight === 0 && this.#waiting.size === 0;
  }

  /** Begins with this many, as someone who knows the connection asks for; ignored once it has said "later". */
  startFrom(count: number): void {
    this.#pace.startFrom(count);
    this.#admit();
  }

  /** Waits for a place. Rejects with the signal's reason when it is aborted before. */
  async enter(tenantId: string, signal: AbortSignal): Promise<Place> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    const waiter: Waiter = { enter: resolve };
    const queue = this.#waiting.get(tenantId) ?? new Set();
    queue.add(waiter);
    this.#waiting.set(tenantId, queue);
    this.#admit();
    if (!queue.has(waiter)) return await promise;
    const onAbort = () => {
      if (queue.delete(waiter) && queue.size === 0) this.#dropQueue(tenantId, queue);
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  #dropQueue(tenantId: string, queue: Set<Waiter>): void {
    if (this.#waiting.get(tenantId) === queue) this.#waiting.delete(tenantId);
    this.#forgetIdle();
    this.#admit();
  }

  #admit(): void {
    if (this.#waiting.size === 0) this.#stopWaking();
    else this.#admitWaiting();
  }

  #admitWaiting(): void {
    const pauseMs = this.#pace.pauseMs(this.#nowMs());
    if (pauseMs > 0) {
      this.#wakeAfter(pauseMs);
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

  /** Of those that may ask now; whoever has a pause of its own is woken after it. */
  #nextTenant(): string | undefined {
    const nowMs = this.#nowMs();
    let next: string | undefined;
    for (const tenantId of this.#waiting.keys()) {
      const own = this.#paces.get(tenantId);
      const pauseMs = own?.pauseMs(nowMs) ?? 0;
      if (pauseMs > 0) this.#wakeAfter(pauseMs);
      else if (own !== undefined && this.#heldBy(tenantId) >= own.limit) continue;
      else if (next === undefined || this.#heldBy(tenantId) < this.#heldBy(next)) next = tenantId;
    }
    return next;
  }

  #wakeAfter(ms: number): void {
    const atMs = this.#nowMs() + ms;
    if (this.#wake !== undefined && this.#wake.atMs <= atMs) return;
    this.#stopWaking();
    const timer = setTimeout(() => {
      this.#wake = undefined;
      this.#admit();
    }, ms);
    this.#wake = { timer, atMs };
  }

  #stopWaking(): void {
    clearTimeout(this.#wake?.timer);
    this.#wake = undefined;
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
        if (failure === undefined) this.#learnOfAnswer(tenantId);
        else this.#learnOfFailure(tenantId, { entry, failure });
        this.#forgetIdle();
        this.#admit();
      },
    };
  }

  /** A pace grows only while more is wanted than it allows: an idle connection has proven nothing. */
  #learnOfAnswer(tenantId: string): void {
    if (this.#nextTenant() !== undefined) this.#pace.grow();
    const own = this.#paces.get(tenantId);
    if (own === undefined || !this.#waiting.has(tenantId)) return;
    own.grow();
    if (own.isFull) this.#paces.delete(tenantId);
  }

  #learnOfFailure(tenantId: string, { entry, failure }: { entry: number; failure: EngineFailure }): void {
    if (!isPushBack(failure) && failure.code !== "unavailable") return;
    const pausedUntilMs = this.#nowMs() + Math.min(failure.retryAfterMs ?? 0, PAUSE_MAX_MS);
    const pace = failure.isOfTenantAlone === true ? this.#ownPace(tenantId) : this.#pace;
    pace.slowDown({ entry, entries: this.#entries, pausedUntilMs });
  }

  #ownPace(tenantId: string): Pace {
    const own = this.#paces.get(tenantId) ?? new Pace({ start: this.limit, max: this.#max });
    this.#paces.set(tenantId, own);
    return own;
  }

  /** Who asks nothing any more is soon forgotten: not at once, since what was refused comes back after a while. */
  #forgetIdle(): void {
    const before = this.#nowMs() - REMEMBERED_MS;
    for (const [tenantId, own] of this.#paces) {
      const isIdle = !this.#held.has(tenantId) && !this.#waiting.has(tenantId);
      if (isIdle && own.pauseMs(before) === 0) this.#paces.delete(tenantId);
    }
  }
}
