import { createHash } from "node:crypto";
import { AppError, LIMITS } from "@assay/core";
import { LRUCache } from "lru-cache";

const FIRST_WAIT_MS = 1_000;

/** Somebody who gives a password for an e-mail. */
export interface Attempter {
  email: string;
  network: string;
  /** Proves that this device has logged in with this e-mail before; null for a stranger. */
  device: string | null;
}

/** One attempt, counted as a failure until it is told otherwise: many at once are no way around the count. */
export interface Attempt {
  succeeded(): void;
  /** Nothing was looked at, so nothing is counted. */
  withdrawn(): void;
}

/** Counts failed log-ins and makes whoever fails often wait longer and longer. */
export interface LoginAttempts {
  /**
   * Asked before any password is looked at, so that waiting costs us nothing.
   * @throws AppError `rate_limit_exceeded` with a truthful `retryAfterMs`.
   */
  enter(who: Attempter): Attempt;
}

interface Failures {
  count: number;
  lastMs: number;
}

interface Rule {
  free: number;
  waitMsMax: number;
}

const OF_PAIR: Rule = { free: LIMITS.loginFailuresPerPairFree, waitMsMax: LIMITS.loginWaitPerPairMsMax };
const OF_ADDRESS: Rule = { free: LIMITS.loginFailuresPerAddressFree, waitMsMax: LIMITS.loginWaitMsMax };
const OF_ACCOUNT: Rule = { free: LIMITS.loginFailuresPerAccountFree, waitMsMax: LIMITS.loginWaitMsMax };

/** Whose failures these are. The first place is their own, and a success clears it. */
function placesOf({ email, network, device }: Attempter): [string, Rule][] {
  const account = createHash("sha256").update(email).digest("base64");
  if (device !== null) return [[`device ${account} ${device}`, OF_PAIR]];
  return [
    [`pair ${account} ${network}`, OF_PAIR],
    [`address ${network}`, OF_ADDRESS],
    [`account ${account}`, OF_ACCOUNT],
  ];
}

function waitMsOf(count: number, { free, waitMsMax }: Rule): number {
  const beyond = count - free;
  return beyond < 0 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** Math.min(beyond, 30), waitMsMax);
}

/**
 * Of strangers there are three counts: of an account from one network, which grows quickly; of one network over all
 * accounts; and of an account over all networks, whose wait stays short. A device that has logged in before has a count
 * of its own and none of these, so that whoever knows an e-mail locks nobody out of the devices they use. E-mails that
 * nobody has are counted like any other.
 */
export function openLoginAttempts(now: () => Date): LoginAttempts {
  const kept = new LRUCache<string, Failures>({ max: LIMITS.loginFailureEntriesMax });

  const failuresAt = (place: string, atMs: number): Failures => {
    const found = kept.get(place);
    return found !== undefined && atMs - found.lastMs < LIMITS.loginFailureKeepMs
      ? found
      : { count: 0, lastMs: 0 };
  };

  const charge = (place: string, atMs: number) => {
    const before = failuresAt(place, atMs);
    kept.set(place, { count: before.count + 1, lastMs: atMs });
    /** Others may have been counted meanwhile, whose wait stays. */
    return () => {
      const { count, lastMs } = kept.get(place) ?? { count: 0, lastMs: 0 };
      if (count <= 1) kept.delete(place);
      else kept.set(place, { count: count - 1, lastMs: lastMs === atMs ? before.lastMs : lastMs });
    };
  };

  return {
    enter: (who) => {
      const atMs = now().getTime();
      const places = placesOf(who);
      const ends = places.map(([place, rule]) => {
        const { count, lastMs } = failuresAt(place, atMs);
        return lastMs + waitMsOf(count, rule);
      });
      const retryAfterMs = Math.max(...ends) - atMs;
      if (retryAfterMs > 0) {
        const message = `Too many failed log-ins. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
        throw new AppError("rate_limit_exceeded", message, { retryAfterMs });
      }
      const refunds = places.map(([place]) => charge(place, atMs));
      const withdrawn = () => {
        for (const refund of refunds) refund();
      };
      return {
        withdrawn,
        succeeded: () => {
          withdrawn();
          const [own] = places;
          if (own !== undefined) kept.delete(own[0]);
        },
      };
    },
  };
}
