import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "@assay/evaluator";

/** Time as this process has it; monotonic, so that a latency is never negative. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  sleep: async (ms, signal) => {
    // An aborted sleep is over, which is all its caller wants to know.
    await wait(ms, undefined, { signal }).catch(() => undefined);
  },
};
