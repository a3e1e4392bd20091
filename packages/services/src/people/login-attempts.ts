import { createHash } from "node:crypto";
import { AppError, LIMITS } from "@assay/core";
import { LRUCache } from "lru-cache";

const FIRST_WAIT_MS = 1_000;

/** Counts failed log-ins and makes whoever fails often wait longer and longer. */
export interface LoginAttempts {
  /**
   * Asked before any password is looked at, so that waiting costs us nothing.
   * @throws AppError `rate_limit_exceeded` with a truthful `retryAfterMs`.
   */
  enter(email: string, address: string): void;
  failed(email: string, address: string): void;
  succeeded(email: string, address: string): void;
}

interface Failures {
  count: number;
  notBeforeMs: number;
}

interface Rule {
  free: number;
  waitMsMax: number;
}

const OF_PAIR: Rule = { free: LIMITS.loginFailuresPerPairFree, waitMsMax: LIMITS.loginWaitPerPairMsMax };
const OF_ADDRESS: Rule = { free: LIMITS.loginFailuresPerAddressFree, waitMsMax: LIMITS.loginWaitMsMax };
const OF_ACCOUNT: Rule = { free: LIMITS.loginFailuresPerAccountFree, waitMsMax: LIMITS.loginWaitMsMax };

/**
 * Three counts: of an account from one address, which grows quickly; of one address over all accounts; and of an
 * account over all addresses, whose wait stays short, so that nobody can lock somebody else out for long. E-mails that
 * nobody has are counted like any other.
 */
export function openLoginAttempts(now: () => Date): LoginAttempts {
  const kept = new LRUCache<string, Failures>({
    max: LIMITS.loginFailureEntriesMax,
    ttl: LIMITS.loginFailureKeepMs,
  });

  const placesOf = (email: string, address: string): [string, Rule][] => {
    const account = createHash("sha256").update(email).digest("base64");
    const network = networkOf(address);
    return [
      [`pair ${account} ${network}`, OF_PAIR],
      [`address ${network}`, OF_ADDRESS],
      [`account ${account}`, OF_ACCOUNT],
    ];
  };

  return {
    enter: (email, address) => {
      const waits = placesOf(email, address).map(([place]) => kept.get(place)?.notBeforeMs ?? 0);
      const retryAfterMs = Math.max(...waits) - now().getTime();
      if (retryAfterMs <= 0) return;
      const message = `Too many failed log-ins. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
      throw new AppError("rate_limit_exceeded", message, { retryAfterMs });
    },
    failed: (email, address) => {
      for (const [place, { free, waitMsMax }] of placesOf(email, address)) {
        const count = (kept.get(place)?.count ?? 0) + 1;
        const beyond = count - free;
        const waitMs = beyond < 0 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** Math.min(beyond, 30), waitMsMax);
        kept.set(place, { count, notBeforeMs: now().getTime() + waitMs });
      }
    },
    succeeded: (email, address) => {
      const [pair] = placesOf(email, address);
      if (pair !== undefined) kept.delete(pair[0]);
    },
  };
}

/** One subscriber has a whole /64 of IPv6, so its addresses count as one. */
function networkOf(address: string): string {
  if (!address.includes(":") || address.startsWith("::ffff:")) return address;
  const [head = "", tail = ""] = address.split("::");
  const front = head.split(":").filter((group) => group !== "");
  const back = tail.split(":").filter((group) => group !== "");
  const zeros = address.includes("::") ? Array(Math.max(0, 8 - front.length - back.length)).fill("0") : [];
  return [...front, ...zeros, ...back].slice(0, 4).join(":");
}
