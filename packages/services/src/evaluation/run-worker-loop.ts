import type { Platform } from "../context.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { sleepUntilWoken, wakeCalls } from "./wake-workers.ts";
import type { WorkerOptions } from "./worker-lease.ts";

export interface WorkerLoopOptions extends WorkerOptions {
  /** How long to sleep before looking for runs that another process queued. */
  idleMs: number;
  /** Told of faults of ours; the loop goes on. */
  onError(error: unknown): void;
}

/** Carries out runs one after another until `signal` is aborted; several loops may share a process. */
export async function runWorkerLoop(platform: Platform, options: WorkerLoopOptions): Promise<void> {
  const { idleMs, signal, onError } = options;
  while (!signal.aborted) {
    const since = wakeCalls(platform.store);
    let isIdle = true;
    try {
      isIdle = !(await executeNextRun(platform, options));
    } catch (error) {
      onError(error);
    }
    if (isIdle) await sleepUntilWoken(platform.store, { since, idleMs, signal });
  }
}
