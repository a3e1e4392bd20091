import { LIMITS } from "@assay/core";
import { deleteExpiredTraceContents } from "@assay/store";
import type { Platform } from "../context.ts";

/**
 * Deletes the texts of traces that have expired, in bounded transactions so that others write in between. They cannot
 * be read from the moment they expire; this takes them off the disk. Answers how many it deleted.
 */
export async function sweepTraces(platform: Platform, signal: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const batch = { now: platform.now(), limit: LIMITS.traceSweepBatch };
    const deleted = await platform.store.writePlatform((tx) => deleteExpiredTraceContents(tx, batch));
    total += deleted;
    if (deleted < LIMITS.traceSweepBatch) break;
  }
  return total;
}
