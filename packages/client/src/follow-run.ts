import type { Run } from "@assay/core";
import type { Client } from "./create-client.ts";
import { followRunEvents } from "./follow-run-events.ts";

export interface FollowRunOptions {
  /** Called with every state told, the first and the last included. */
  onProgress?: ((run: Run) => void) | undefined;
  /** The only bound: a run may take as long as its cases take. */
  signal?: AbortSignal | undefined;
}

/** Waits for a run until it is completed, failed or cancelled, and answers it as it is then. */
export async function followRun(
  client: Client,
  runId: string,
  { onProgress, signal }: FollowRunOptions = {},
): Promise<Run> {
  for await (const run of followRunEvents(client, runId, { signal })) {
    onProgress?.(run);
    signal?.throwIfAborted();
    if (run.status !== "queued" && run.status !== "running") return run;
  }
  throw new Error("a run's events end with a run that has ended");
}
