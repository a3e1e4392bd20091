import type { Platform } from "../context.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { sleepUntilWoken, wakeCalls } from "./wake-workers.ts";
import type { WorkerOptions } from "./worker-lease.ts";

/** More than one tenant may have at a time, so that none can fill them alone. */
const ENDING_MAX = 16;

export interface WorkerLoopOptions extends Omit<WorkerOptions, "onSliceOver"> {
  /** How long to sleep before looking for runs that another process queued. */
  idleMs: number;
  /** How many runs whose turn is over may end what they began beside the present one. */
  endingMax?: number | undefined;
  /** Told of faults of ours; the loop goes on, also when this throws. */
  onError(error: unknown): void;
}

/**
 * Carries out runs one after another until `signal` is aborted; several loops may share a process. A run whose turn is
 * over begins no more cases, and ends those it began while the next run is carried out: slow answers and heavy scorers
 * may keep it for long, and others would wait for all of them.
 */
export async function runWorkerLoop(platform: Platform, options: WorkerLoopOptions): Promise<void> {
  const { idleMs, signal, endingMax = ENDING_MAX } = options;
  const underWay = new Set<Promise<void>>();
  while (!signal.aborted) {
    const since = wakeCalls(platform.store);
    const turn = Promise.withResolvers<{ isIdle: boolean }>();
    const work = carryOutNext(platform, options, turn.resolve).then(() => void underWay.delete(work));
    underWay.add(work);
    const { isIdle } = await turn.promise;
    if (underWay.size > endingMax) await Promise.race(underWay);
    if (isIdle) await sleepUntilWoken(platform.store, { since, idleMs, signal });
  }
  await Promise.all(underWay);
}

/** Tells when the next run may be looked for, which may be long before this one is done. */
async function carryOutNext(
  platform: Platform,
  { onError, ...options }: WorkerLoopOptions,
  endTurn: (turn: { isIdle: boolean }) => void,
): Promise<void> {
  let isIdle = true;
  try {
    const onSliceOver = () => endTurn({ isIdle: false });
    isIdle = !(await executeNextRun(platform, { ...options, onSliceOver }));
  } catch (error) {
    tell(onError, error);
  } finally {
    endTurn({ isIdle });
  }
}

function tell(onError: WorkerLoopOptions["onError"], error: unknown): void {
  try {
    onError(error);
  } catch {
    // Nobody is left to tell, and the runs of all tenants do not wait for a log.
  }
}
