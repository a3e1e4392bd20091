import type { Run } from "@assay/core";
import type { Client } from "./create-client.ts";
import { wait } from "./wait.ts";

const POLL_FIRST_MS = 100;
const POLL_MAX_MS = 1_500;
const POLL_GROWTH = 1.4;

export interface FollowRunOptions {
  /** Called with every state read, the first and the last included. */
  onProgress?: ((run: Run) => void) | undefined;
  /** The only bound: a run may take as long as its cases take. */
  signal?: AbortSignal | undefined;
}

export function isFinished(run: Run): boolean {
  return run.status !== "queued" && run.status !== "running";
}

/** Polls a run until it is completed, failed or cancelled, less often the longer it takes. */
export async function followRun(
  client: Pick<Client, "getRun">,
  runId: string,
  options: FollowRunOptions = {},
): Promise<Run> {
  const { onProgress, signal } = options;
  let delayMs = POLL_FIRST_MS;
  for (;;) {
    const run = await client.getRun({ runId }, { signal });
    onProgress?.(run);
    if (isFinished(run)) return run;
    await wait(delayMs, signal);
    delayMs = Math.min(delayMs * POLL_GROWTH, POLL_MAX_MS);
  }
}
