import { LIMITS } from "@assay/core";

export interface CaseExecution<Item, Result> {
  items: AsyncIterable<Item>;
  /** Must stop soon after its signal is aborted. */
  run: (item: Item, signal: AbortSignal) => Promise<Result>;
  /** How many items are worked on at a time. */
  concurrency?: number | undefined;
  signal: AbortSignal;
}

type Step<Item, Result> =
  | { kind: "pulled"; next: IteratorResult<Item> }
  | { kind: "finished"; task: Promise<Step<Item, Result>>; result: Result }
  | { kind: "threw"; error: unknown };

/**
 * Runs items with bounded concurrency and yields each result as soon as it is there, in order of completion. Items
 * are pulled only when there is room for them, and nothing is kept of what was yielded, so memory stays flat. Throws
 * the first error of an item or of the source, or the signal's reason; in each case, and when the consumer leaves,
 * what is still running is aborted and awaited first.
 */
export async function* executeCases<Item, Result>(
  execution: CaseExecution<Item, Result>,
): AsyncGenerator<Result> {
  const { items, concurrency = LIMITS.runConcurrency, signal } = execution;
  const stop = new AbortController();
  const source = items[Symbol.asyncIterator]();
  const running = new Set<Promise<Step<Item, Result>>>();
  let pulling: Promise<Step<Item, Result>> | undefined;
  let isExhausted = false;
  const start = startItem(execution, running, AbortSignal.any([signal, stop.signal]));
  try {
    for (;;) {
      signal.throwIfAborted();
      if (!isExhausted && running.size < concurrency) pulling ??= pull(source);
      const waiting = pulling === undefined ? [...running] : [...running, pulling];
      if (waiting.length === 0) return;
      const step = await Promise.race(waiting);
      if (step.kind === "threw") throw step.error;
      if (step.kind === "finished") {
        running.delete(step.task);
        yield step.result;
        continue;
      }
      pulling = undefined;
      if (step.next.done === true) isExhausted = true;
      else start(step.next.value);
    }
  } finally {
    stop.abort(new Error("the execution was left"));
    await Promise.all([...running]);
    await source.return?.();
  }
}

function startItem<Item, Result>(
  { run }: CaseExecution<Item, Result>,
  running: Set<Promise<Step<Item, Result>>>,
  signal: AbortSignal,
): (item: Item) => void {
  return (item) => {
    const task: Promise<Step<Item, Result>> = run(item, signal).then(
      (result) => ({ kind: "finished", task, result }),
      (error: unknown) => ({ kind: "threw", error }),
    );
    running.add(task);
  };
}

async function pull<Item>(source: AsyncIterator<Item>): Promise<Step<Item, never>> {
  try {
    return { kind: "pulled", next: await source.next() };
  } catch (error) {
    return { kind: "threw", error };
  }
}
