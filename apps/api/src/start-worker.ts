import { randomUUID } from "node:crypto";
import { type Platform, runWorkerLoop } from "@assay/services";
import { describeBug } from "./describe-bug.ts";
import type { Log } from "./request-log.ts";

/** How long to wait before looking for runs that another process queued; this process wakes its own worker. */
const IDLE_MS = 2_000;
/** A lease outlives several missed heartbeats, so that a busy moment does not cost a worker its run. */
const HEARTBEATS_PER_LEASE = 6;

/** Carries out runs in this process until `stop`; a run that is cut off goes on at the next start. */
export function startWorker(
  platform: Platform,
  { log, leaseMs }: { log: Log; leaseMs: number },
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const done = runWorkerLoop(platform, {
    workerId: randomUUID(),
    signal: stopping.signal,
    leaseMs,
    heartbeatMs: leaseMs / HEARTBEATS_PER_LEASE,
    idleMs: Math.min(IDLE_MS, leaseMs),
    onError: (error) => log.error(describeBug(error), "worker"),
  });
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}
