import type { Run } from "@assay/core";
import { buildRequest } from "./build-request.ts";
import { ClientError } from "./client-error.ts";
import { type Client, settingsOf } from "./create-client.ts";
import { refusalOf } from "./read-answer.ts";
import { readEvents } from "./read-events.ts";
import { ROUTE_TABLE } from "./route-table.ts";
import { type SendSettings, unreachable } from "./send-request.ts";
import { wait } from "./wait.ts";

const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 5_000;
const FAILURES_MAX = 5;

export interface FollowEventsOptions {
  /** The only bound in time: a run may take as long as its cases take. */
  signal?: AbortSignal | undefined;
  /** How often in a row the connection may fail before it is given up; a page that stays open never gives up. */
  failuresMax?: number | undefined;
  /** Told each time the connection is lost and tried again. */
  onLost?: ((error: unknown) => void) | undefined;
}

/**
 * The states of a run as they change, the last one included. A connection that breaks off is made again and goes on
 * after the last state seen, so that a restart of the server is not noticed.
 *
 * @throws ClientError for what the server refuses, and when it cannot be reached for long
 */
export async function* followRunEvents(
  client: Client,
  runId: string,
  { signal, failuresMax = FAILURES_MAX, onLost }: FollowEventsOptions = {},
): AsyncGenerator<Run, void> {
  const settings = settingsOf(client);
  let after: string | undefined;
  let failures = 0;
  for (;;) {
    try {
      for await (const { type, id, data } of await listen(settings, { runId, after }, signal)) {
        failures = 0;
        after = id;
        yield JSON.parse(data) as Run;
        if (type === "end") return;
      }
      // It was told to stay for a while only, or its server is about to stop.
      await wait(RETRY_FIRST_MS, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!mayComeBack(error)) throw error;
      failures += 1;
      if (failures >= failuresMax) throw error;
      onLost?.(error);
      await wait(Math.min(RETRY_FIRST_MS * 2 ** (failures - 1), RETRY_MAX_MS), signal);
    }
  }
}

/** A server that restarts, or one that has enough listeners for now. */
function mayComeBack(error: unknown): boolean {
  if (!(error instanceof ClientError)) return false;
  return error.code === "unreachable" || error.status === 429 || (error.status ?? 0) >= 500;
}

async function listen(
  settings: SendSettings,
  input: { runId: string; after: string | undefined },
  signal: AbortSignal | undefined,
) {
  const route = { name: "streamRunEvents", ...ROUTE_TABLE.streamRunEvents };
  const { url, init } = buildRequest(route, { input, options: {} }, settings);
  const response = await reach(settings, () =>
    settings.fetch(url, {
      ...init,
      headers: { ...init.headers, accept: "text/event-stream" },
      signal: signal ?? null,
    }),
  );
  if (!response.ok) throw refusalOf(response, await response.text());
  if (response.body === null) throw unreachable(settings.baseUrl, new Error("the answer has no body"));
  return brokenAsUnreachable(settings, readEvents(response.body));
}

async function* brokenAsUnreachable<T>(
  settings: SendSettings,
  events: AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  try {
    for (;;) {
      const step = await reach(settings, () => events.next());
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await events.return();
  }
}

async function reach<T>(settings: SendSettings, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    throw error instanceof ClientError ? error : unreachable(settings.baseUrl, error);
  }
}
