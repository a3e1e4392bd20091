import { StoreUnavailableError } from "./database-error.ts";

interface Line {
  active: number;
  /** In the order of asking. */
  waiting: Set<() => void>;
}

/** Lets each tenant do only some things at once; whoever comes later waits, in the order of asking, and not for ever. */
export class TenantShare {
  readonly #atOnceMax: number;
  readonly #waitMs: number;
  readonly #lines = new Map<string, Line>();

  constructor({ atOnceMax, waitMs }: { atOnceMax: number; waitMs: number }) {
    this.#atOnceMax = atOnceMax;
    this.#waitMs = waitMs;
  }

  /** @throws StoreUnavailableError when its turn did not come in time; nothing of `work` has begun then. */
  async run<R>(tenantId: string, work: () => Promise<R>): Promise<R> {
    const line = this.#lines.get(tenantId) ?? { active: 0, waiting: new Set() };
    this.#lines.set(tenantId, line);
    if (line.active < this.#atOnceMax) line.active += 1;
    else await this.#turnIn(line);
    try {
      return await work();
    } finally {
      const [next] = line.waiting;
      // Whose turn it is takes the place that is left, so that nobody comes between.
      if (next !== undefined) next();
      else if (--line.active === 0) this.#lines.delete(tenantId);
    }
  }

  #turnIn({ waiting }: Line): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const enter = () => {
      waiting.delete(enter);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      waiting.delete(enter);
      reject(new StoreUnavailableError("The tenant's own transactions left it no turn in time."));
    }, this.#waitMs);
    waiting.add(enter);
    return promise;
  }
}
