import { setTimeout as wait } from "node:timers/promises";
import { AppError, LIMITS, type Run } from "@assay/core";
import type { Context } from "../context.ts";
import { getRun } from "./get-run.ts";

const LOOK_MS = 250;
const HEARTBEAT_MS = 15_000;

/** `progress` and `end` carry the whole run, so that nothing is missed by who comes late. */
export type RunEvent = { type: "progress" | "end"; id: string; run: Run } | { type: "heartbeat" };

interface Listening {
  runId: string;
  forMs: number;
  after?: string | undefined;
  signal: AbortSignal;
}

const listeners = new Map<string, number>();

/**
 * A run's states as they change, whichever process carries it out, until it has ended, `forMs` have passed or the
 * signal is aborted.
 * @throws AppError `not_found`; `concurrency_limit_exceeded` while too many of the tenant's requests listen.
 */
export async function* streamRunEvents(context: Context, listening: Listening): AsyncGenerator<RunEvent> {
  const { tenantId } = context.tenant;
  const count = listeners.get(tenantId) ?? 0;
  if (count >= LIMITS.runListenersPerTenantMax) {
    throw new AppError(
      "concurrency_limit_exceeded",
      `${LIMITS.runListenersPerTenantMax} requests listen to runs already. End one, or read the run instead.`,
    );
  }
  listeners.set(tenantId, count + 1);
  try {
    yield* changesOf(context, listening);
  } finally {
    const left = (listeners.get(tenantId) ?? 1) - 1;
    if (left > 0) listeners.set(tenantId, left);
    else listeners.delete(tenantId);
  }
}

async function* changesOf(
  context: Context,
  { runId, forMs, after, signal }: Listening,
): AsyncGenerator<RunEvent> {
  const endsAt = performance.now() + forMs;
  let toldAt = performance.now();
  let told = after;
  while (!signal.aborted) {
    const run = await getRun(context, { runId });
    const isEnded = run.status !== "queued" && run.status !== "running";
    const id = `${run.status}-${run.progress.done}`;
    if (isEnded) return yield { type: "end", id, run };
    const isQuiet = performance.now() - toldAt >= HEARTBEAT_MS;
    if (id !== told) yield { type: "progress", id, run };
    else if (isQuiet) yield { type: "heartbeat" };
    if (id !== told || isQuiet) toldAt = performance.now();
    told = id;
    if (performance.now() >= endsAt) return;
    await wait(Math.min(LOOK_MS, forMs), undefined, { signal }).catch(() => undefined);
  }
}
