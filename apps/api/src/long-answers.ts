import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@assay/core";

const RETRY_AFTER_MS = 1_000;

interface Bounds {
  atOnceMax: number;
  waitingMax: number;
}

/** Answers under way and waiting, of one tenant. */
interface Line {
  active: number;
  waiting: (() => void)[];
}

/**
 * Answers with long texts: reading, checking and writing one holds the process for some milliseconds and takes several
 * times its length of memory. A few of each tenant are made at once, each beginning in a turn of its own, so that a
 * tenant who asks for a hundred waits for itself.
 */
export class LongAnswers {
  readonly #bounds: Bounds;
  readonly #lines = new Map<string, Line>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** @throws AppError `queue_full` while the tenant has as many waiting as it may */
  async make<R>(tenantId: string, work: () => Promise<R>): Promise<R> {
    const line = this.#lines.get(tenantId) ?? { active: 0, waiting: [] };
    this.#lines.set(tenantId, line);
    await this.#enter(line);
    try {
      await nextTurn();
      return await work();
    } finally {
      const next = line.waiting.shift();
      // Whose turn it is takes the place that is left, so that nobody comes between.
      if (next !== undefined) next();
      else if (--line.active === 0) this.#lines.delete(tenantId);
    }
  }

  async #enter(line: Line): Promise<void> {
    const { atOnceMax, waitingMax } = this.#bounds;
    if (line.active < atOnceMax) {
      line.active += 1;
      return;
    }
    if (line.waiting.length >= waitingMax) {
      const message = `${waitingMax} requests of this tenant wait for long answers already. Ask again when some are there.`;
      throw new AppError("queue_full", message, { retryAfterMs: RETRY_AFTER_MS });
    }
    await new Promise<void>((enter) => line.waiting.push(enter));
  }
}
