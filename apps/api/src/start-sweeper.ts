import { type Platform, sweepTraces } from "@assay/services";
import { describeBug } from "./describe-bug.ts";
import type { Log } from "./request-log.ts";

const SWEEP_EVERY_MS = 60_000;

/** Takes expired texts off the disk from time to time, until `stop`. Several processes may do it at once. */
export function startSweeper(platform: Platform, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let sweep = Promise.resolve();
  const start = (): void => {
    sweep = sweep
      .then(() => sweepTraces(platform, stopping.signal))
      .then((deleted) => {
        if (deleted > 0) log.info({ deleted }, "expired traces");
      })
      .catch((error: unknown) => log.error(describeBug(error), "sweeper"));
  };
  start();
  const timer = setInterval(start, SWEEP_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await sweep;
    },
  };
}
