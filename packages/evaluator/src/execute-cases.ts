import { LIMITS } from "@assay/core";

export interface CaseExecution<Item, Result> {
  items: AsyncIterable<Item>;
  /** Must stop soon after its signal is aborted. */
  run: (item: Item, signal: AbortSignal) => Promise<Result>;
  /** How many items are worked on at a time. */
  concurrency?: number | undefined;
  signal: AbortSignal;
}

/**
 * Runs items with bounded concurrency and yields each result as soon as it is there, in order of completion. Items
 * are pulled only when there is room for them, and nothing is kept of what was yielded, so memory stays flat. Throws
 * the first error of an item or of the source, or the signal's reason; in each case, and when the consumer leaves,
 * what is still running is aborted and awaited first.
 */
export async function* executeCases<Item, Result>(
  execution: CaseExecution<Item, Result>,
): AsyncGenerator<Result> {
  execution.signal.throwIfAborted();
  const pool = new CasePool(execution);
  try {
    for (;;) {
      const step = await pool.next();
      if (step.kind === "done") return;
      if (step.kind === "threw") throw step.error;
      yield step.result;
    }
  } finally {
    await pool.close();
  }
}

type Step<Result> = { kind: "result"; result: Result } | { kind: "threw"; error: unknown } | { kind: "done" };

/** At most `concurrency` items are running or finished and not yet taken, so a slow consumer slows the source. */
class CasePool<Item, Result> {
  readonly #execution: CaseExecution<Item, Result>;
  readonly #source: AsyncIterator<Item>;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #steps: Step<Result>[] = [];
  #isPulling = false;
  #isExhausted = false;
  #wake: () => void = () => undefined;

  constructor(execution: CaseExecution<Item, Result>) {
    this.#execution = execution;
    this.#source = execution.items[Symbol.asyncIterator]();
    execution.signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  async next(): Promise<Step<Result>> {
    for (;;) {
      const threw = this.#steps.find(({ kind }) => kind === "threw");
      const step = threw ?? this.#steps.shift();
      if (step !== undefined) return step;
      if (this.#isExhausted && this.#running.size === 0) return { kind: "done" };
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      if (this.#hasRoom()) void this.#pull();
      await woken;
    }
  }

  async close(): Promise<void> {
    this.#execution.signal.removeEventListener("abort", this.#onAbort);
    this.#stop.abort(
      this.#execution.signal.aborted ? this.#execution.signal.reason : new Error("no longer needed"),
    );
    await Promise.all(this.#running);
    const returned = this.#source.return?.();
    // A source that hangs in `next` would hang in `return` as well.
    if (!this.#isPulling) await returned;
  }

  #hasRoom(): boolean {
    const { concurrency = LIMITS.runConcurrency } = this.#execution;
    return !this.#isPulling && !this.#isExhausted && this.#running.size + this.#steps.length < concurrency;
  }

  async #pull(): Promise<void> {
    this.#isPulling = true;
    try {
      const next = await this.#source.next();
      if (next.done === true) this.#isExhausted = true;
      else if (!this.#stop.signal.aborted) this.#start(next.value);
    } catch (error) {
      this.#steps.push({ kind: "threw", error });
    } finally {
      this.#isPulling = false;
      this.#wake();
    }
  }

  #start(item: Item): void {
    const task = this.#execution
      .run(item, this.#stop.signal)
      .then(
        (result) => this.#steps.push({ kind: "result", result }),
        (error: unknown) => this.#steps.push({ kind: "threw", error }),
      )
      .then(() => {
        this.#running.delete(task);
        this.#wake();
      });
    this.#running.add(task);
  }

  readonly #onAbort = (): void => {
    this.#steps.push({ kind: "threw", error: this.#execution.signal.reason });
    this.#stop.abort(this.#execution.signal.reason);
    this.#wake();
  };
}
