import { Agent, request as sendRequest } from "undici";
import { hostIsAllowed, hostIsNamed } from "../openai/allowed-hosts.ts";
import { publicLookup } from "./resolve-address.ts";

const CONNECTIONS_PER_HOST = 8;

export interface AllowedRequest {
  url: string;
  method: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string;
}

/** Asks hosts that the operator allows: no redirects, a bounded time and a bounded answer. */
export interface AllowedFetch {
  /** @throws Error for a host that is not allowed, for any status but 200, and where no answer came. */
  text(request: AllowedRequest): Promise<string>;
  close(): Promise<void>;
}

interface Bounds {
  /** The operator's patterns, see `hostIsAllowed`. */
  allowedHosts: readonly string[];
  timeoutMs: number;
  answerBytesMax: number;
}

/**
 * As with web hooks, a host that the operator named in full may be anywhere, and one that only a wildcard allows must
 * be on the public internet.
 */
export function openAllowedFetch({ allowedHosts, timeoutMs, answerBytesMax }: Bounds): AllowedFetch {
  const bounds = { connections: CONNECTIONS_PER_HOST, maxResponseSize: answerBytesMax };
  const anywhere = new Agent(bounds);
  const publicOnly = new Agent({ ...bounds, connect: { lookup: publicLookup() } });
  return {
    text: async ({ url, ...request }) => {
      if (!hostIsAllowed(url, allowedHosts)) throw new Error("the operator does not allow its host");
      const { statusCode, body } = await sendRequest(url, {
        ...request,
        dispatcher: hostIsNamed(url, allowedHosts) ? anywhere : publicOnly,
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (statusCode === 200) return await body.text();
      await body.dump({ limit: answerBytesMax });
      throw new Error(`it answered with status ${statusCode}`);
    },
    close: async () => {
      await Promise.all([anywhere.destroy(), publicOnly.destroy()]);
    },
  };
}
