import type { Store } from "@assay/store";
import { TurnShare } from "./turn-share.ts";

/**
 * Cases begun, sent and scored in one turn. Answers to requests that were sent together come together: handled all at
 * once they hold the process, and the next requests leave together again, after the last of them. In small shares the
 * requests of a run drift apart, and each answer is followed by the next request at once.
 */
const CASES_PER_TURN = 8;

/** What all runs of a process may do in one of its turns, each for a case. */
export interface TurnShares {
  beginning: TurnShare;
  sending: TurnShare;
  scoring: TurnShare;
}

const sharesOf = new WeakMap<Store, TurnShares>();

/** The shares of the process that `store` was opened in: runs that end what they began and the next one have them together. */
export function turnShares(store: Store): TurnShares {
  let shares = sharesOf.get(store);
  if (shares === undefined) {
    const share = () => new TurnShare(CASES_PER_TURN);
    shares = { beginning: share(), sending: share(), scoring: share() };
    sharesOf.set(store, shares);
  }
  return shares;
}
