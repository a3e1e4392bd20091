import { buildRequest, type PreparedRequest, type RequestSettings } from "./build-request.ts";
import type { CallOptions } from "./call.ts";
import { ClientError } from "./client-error.ts";
import { readAnswer } from "./read-answer.ts";
import type { NamedRoute } from "./route-entry.ts";
import { wait } from "./wait.ts";

export interface SendSettings extends RequestSettings {
  fetch: typeof fetch;
  /** One attempt of a request with a JSON body or none. */
  timeoutMs: number;
  /** One attempt of an upload. */
  uploadTimeoutMs: number;
}

const ATTEMPTS_MAX = 3;
const RETRY_FIRST_MS = 200;
const RETRY_MAX_MS = 5_000;

/**
 * Sends one call and reads its answer. Sent again, at most twice, only when no connection came about or the server
 * said 503; every write carries the same idempotency key each time, so it is carried out once.
 */
export async function sendRequest(
  route: NamedRoute,
  call: { input: Readonly<Record<string, unknown>>; options: CallOptions },
  settings: SendSettings,
): Promise<unknown> {
  const prepared = buildRequest(route, call, settings);
  const { signal } = call.options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce({ route, prepared, signal }, settings);
    } catch (error) {
      if (!mayRepeat(error, prepared) || attempt === ATTEMPTS_MAX) throw error;
      await wait(Math.min(RETRY_FIRST_MS * 4 ** (attempt - 1), RETRY_MAX_MS), signal);
    }
  }
}

function mayRepeat(error: unknown, prepared: PreparedRequest): boolean {
  if (!prepared.isRepeatable || !(error instanceof ClientError)) return false;
  return error.code === "unreachable" || error.status === 503;
}

async function attemptOnce(
  call: { route: NamedRoute; prepared: PreparedRequest; signal: AbortSignal | undefined },
  settings: SendSettings,
): Promise<unknown> {
  const { route, prepared, signal } = call;
  signal?.throwIfAborted();
  const isUpload = route.body !== undefined && route.body !== "json";
  const timeoutMs = isUpload ? settings.uploadTimeoutMs : settings.timeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await settings.fetch(prepared.url, {
      ...prepared.init,
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    return await readAnswer(route, response);
  } catch (error) {
    if (error instanceof ClientError) throw error;
    signal?.throwIfAborted();
    if (timeout.aborted) {
      const message = `The server at ${settings.baseUrl} did not answer ${route.name} within ${timeoutMs / 1000} s.`;
      throw new ClientError({ code: "timeout", message, cause: error });
    }
    throw unreachable(settings.baseUrl, error);
  }
}

export function unreachable(baseUrl: string, error: unknown): ClientError {
  const message = `Cannot reach an Assay server at ${baseUrl} (${reasonOf(error)}). Is it running (npm start), and is the URL right?`;
  return new ClientError({ code: "unreachable", message, cause: error });
}

/** fetch hides why behind "fetch failed"; Node puts the reason into `cause`. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  return cause instanceof Error ? cause.message : String(cause);
}
