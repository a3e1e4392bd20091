import { createHmac } from "node:crypto";
import { LIMITS, type WebhookOutcome, type WebhookRequest, type WebhookSender } from "@assay/core";
import { Agent, request as sendRequest } from "undici";
import { hostIsAllowed, hostIsNamed } from "../openai/allowed-hosts.ts";
import { AddressRefused, publicLookup } from "./resolve-address.ts";

/** Calls in flight to one host; more wait for their turn, within their own time limit. */
const CONNECTIONS_PER_HOST = 16;

export interface WebhookSenderOptions {
  /** The operator's patterns, see `hostIsAllowed`. */
  allowedHosts: readonly string[];
  timeoutMs?: number;
  /** Resolves names; the system's unless said. */
  lookup?: ReturnType<typeof publicLookup>;
  nowMs?: () => number;
}

/**
 * Calls tenants' own scorers. A host that the operator named in full may be anywhere, also in the operator's own
 * network; one that only a wildcard allows must be on the public internet.
 */
export function openWebhookSender(options: WebhookSenderOptions): WebhookSender & { close(): Promise<void> } {
  const { allowedHosts, timeoutMs = LIMITS.webhookTimeoutMs, nowMs = Date.now } = options;
  const bounds = { connections: CONNECTIONS_PER_HOST, maxResponseSize: LIMITS.webhookAnswerBytesMax };
  const anywhere = new Agent(bounds);
  const publicOnly = new Agent({ ...bounds, connect: { lookup: options.lookup ?? publicLookup() } });

  return {
    async send(request) {
      const { url, body, signal } = request;
      if (!hostIsAllowed(url, allowedHosts)) return failed("the operator does not allow its host");
      try {
        const response = await sendRequest(url, {
          method: "POST",
          dispatcher: hostIsNamed(url, allowedHosts) ? anywhere : publicOnly,
          headers: headersOf(request, Math.floor(nowMs() / 1000)),
          body,
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        });
        return await readAnswer(response);
      } catch (error) {
        return failed(reasonOf(error, signal, timeoutMs));
      }
    },
    close: async () => {
      await Promise.all([anywhere.destroy(), publicOnly.destroy()]);
    },
  };
}

/**
 * `x-assay-signature: t=<seconds since 1970>,v1=<hex>` where v1 is HMAC-SHA256 of `<t>.<body>` by the connection's
 * secret: who checks it knows that the body is ours and, by `t`, that it is not an old one sent again.
 */
function headersOf(
  { secret, body, idempotencyKey }: WebhookRequest,
  seconds: number,
): Record<string, string> {
  const signature =
    secret === undefined
      ? undefined
      : `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
  return {
    "content-type": "application/json",
    "user-agent": "assay-webhook",
    "idempotency-key": idempotencyKey,
    ...(signature !== undefined && { "x-assay-signature": signature }),
  };
}

async function readAnswer({
  statusCode,
  body,
}: Awaited<ReturnType<typeof sendRequest>>): Promise<WebhookOutcome> {
  if (statusCode === 200) return { status: "answered", text: await body.text() };
  await body.dump({ limit: LIMITS.webhookAnswerBytesMax });
  if (statusCode >= 300 && statusCode < 400)
    return failed("it answered with a redirect, which is not followed");
  return failed(`it answered with status ${statusCode}`);
}

function failed(reason: string): WebhookOutcome {
  return { status: "failed", reason };
}

function reasonOf(error: unknown, signal: AbortSignal, timeoutMs: number): string {
  if (signal.aborted) return "the run was stopped";
  const { name, code } = error as { name?: string; code?: string };
  if (name === "TimeoutError") return `it did not answer within ${timeoutMs / 1000} s`;
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE")
    return `its answer is longer than ${LIMITS.webhookAnswerBytesMax} bytes`;
  if (error instanceof AddressRefused || (error as { cause?: unknown }).cause instanceof AddressRefused)
    return "its host is not on the public internet";
  return "it could not be reached";
}
