import { LIMITS } from "@assay/core";
import { Pool } from "undici";
import { UpstreamAnswer } from "./upstream-answer.ts";
import { UpstreamFault } from "./upstream-fault.ts";

const CONNECT_TIMEOUT_MS = 10_000;
/** How long a socket that nobody uses stays open, for the next request. */
const KEEP_ALIVE_MS = 30_000;
/** Sets of sockets kept; the one that was used longest ago is closed first. */
const POOLS_MAX = 512;

export interface UpstreamCall {
  tenantId: string;
  connectionId: string;
  priority: "interactive" | "batch";
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Sends a request; what comes back is read from the answer. @throws UpstreamFault when it cannot even be sent. */
export type SendUpstream = (call: UpstreamCall) => UpstreamAnswer;

interface Sockets {
  pool: Pool;
  active: number;
}

/**
 * The sockets to providers: kept open between requests, and never shared by two tenants or two connections. A tenant
 * has at most `LIMITS.upstreamCallsPerTenantMax` calls at a time, a few of which are kept for the people who wait: one
 * more is refused at once, because a pool that is full would let it wait unseen for as long as the others take.
 */
export class UpstreamPools {
  readonly #sockets = new Map<string, Sockets>();
  readonly #callsOfTenant = new Map<string, number>();

  readonly send: SendUpstream = ({ tenantId, connectionId, priority, url, headers, body }) => {
    const calls = this.#callsOfTenant.get(tenantId) ?? 0;
    const reserved = priority === "batch" ? LIMITS.upstreamCallsKeptForPeople : 0;
    if (calls >= LIMITS.upstreamCallsPerTenantMax - reserved) throw new UpstreamFault("too_many_calls");
    const sockets = this.#socketsTo(`${tenantId}\n${connectionId}\n${url.origin}`, url.origin);
    this.#callsOfTenant.set(tenantId, calls + 1);
    sockets.active += 1;
    const answer = new UpstreamAnswer(() => {
      sockets.active -= 1;
      this.#leave(tenantId);
    });
    try {
      sockets.pool.dispatch({ method: "POST", path: url.pathname + url.search, headers, body }, answer);
    } catch (error) {
      answer.onResponseError(undefined, error instanceof Error ? error : new Error(String(error)));
    }
    return answer;
  };

  async close(): Promise<void> {
    const all = [...this.#sockets.values()];
    this.#sockets.clear();
    await Promise.all(all.map(({ pool }) => pool.destroy()));
  }

  #leave(tenantId: string): void {
    const calls = (this.#callsOfTenant.get(tenantId) ?? 0) - 1;
    if (calls > 0) this.#callsOfTenant.set(tenantId, calls);
    else this.#callsOfTenant.delete(tenantId);
  }

  #socketsTo(key: string, origin: string): Sockets {
    const known = this.#sockets.get(key);
    if (known !== undefined) {
      this.#sockets.delete(key);
      this.#sockets.set(key, known);
      return known;
    }
    const sockets = { pool: openPool(origin), active: 0 };
    this.#sockets.set(key, sockets);
    if (this.#sockets.size > POOLS_MAX) this.#closeOldest();
    return sockets;
  }

  #closeOldest(): void {
    for (const [key, { pool, active }] of this.#sockets) {
      if (active > 0) continue;
      this.#sockets.delete(key);
      pool.close().catch(() => undefined);
      return;
    }
  }
}

function openPool(origin: string): Pool {
  return new Pool(origin, {
    connections: LIMITS.upstreamCallsPerTenantMax,
    // One request at a time on a socket: an answer that hangs must hold up no other.
    pipelining: 1,
    allowH2: false,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // The exchange bounds both, with reasons of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
