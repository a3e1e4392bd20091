import { performance } from "node:perf_hooks";
import type { Clock } from "@assay/evaluator";

/** Time as this process has it; monotonic, so that a latency is never negative. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  // Not Node's own, which makes an error with its stack for every sleep that is cut short.
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener("abort", end, { once: true });
    }),
};
