import type { Store } from "@assay/store";

interface WakeSignal {
  /** Counts the calls, so that one between looking for work and going to sleep is not missed. */
  calls: number;
  sleepers: Set<() => void>;
}

const signals = new WeakMap<Store, WakeSignal>();

function signalOf(store: Store): WakeSignal {
  let signal = signals.get(store);
  if (signal === undefined) {
    signal = { calls: 0, sleepers: new Set() };
    signals.set(store, signal);
  }
  return signal;
}

/** Tells the workers of this process that a job is due; those of other processes find it when they look next. */
export function wakeWorkers(store: Store): void {
  const signal = signalOf(store);
  signal.calls += 1;
  for (const wake of [...signal.sleepers]) wake();
}

/** How often the workers were woken; `sleepUntilWoken` with it returns at once if that has changed since. */
export function wakeCalls(store: Store): number {
  return signalOf(store).calls;
}

/** Sleeps until woken, or `idleMs` have passed, or `signal` is aborted; never rejects. */
export async function sleepUntilWoken(
  store: Store,
  { since, idleMs, signal }: { since: number; idleMs: number; signal: AbortSignal },
): Promise<void> {
  const wake = signalOf(store);
  if (wake.calls !== since || signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, idleMs);
  wake.sleepers.add(resolve);
  const onAbort = () => resolve();
  signal.addEventListener("abort", onAbort, { once: true });
  await promise;
  // The signal lives as long as the process, which sleeps every few seconds.
  signal.removeEventListener("abort", onAbort);
  clearTimeout(timer);
  wake.sleepers.delete(resolve);
}
