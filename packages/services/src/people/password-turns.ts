import { AppError, LIMITS } from "@assay/core";

/**
 * Who waits: people on devices that logged in before, strangers who log in, and people who set a password. Each kind
 * has a queue of its own and every third turn, so that a crowd of one kind fills its own queue alone.
 */
const LANES = ["known", "stranger", "change"] as const;
type Lane = (typeof LANES)[number];

/** Something that only so many may stand for at a time: an account, a network. */
interface Place {
  name: string;
  max: number;
}

export interface PasswordTurn {
  lane: Lane;
  places: readonly Place[];
}

/** Lets one piece of work with passwords run at a time: each takes 32 MiB and a tenth of a second of a processor. */
export interface PasswordTurns {
  /** @throws AppError `queue_full` with `retryAfterMs`, at once or after LIMITS.passwordWaitMsMax. */
  take<R>(turn: PasswordTurn, work: () => Promise<R>): Promise<R>;
}

interface Waiting {
  sinceMs: number;
  run(): Promise<void>;
  giveUp(): void;
}

const TURN_MS = 200;
const RETRY_AFTER_MS_MIN = 1_000;
const QUEUE_MAX: Record<Lane, number> = {
  known: LIMITS.passwordQueueMax,
  stranger: LIMITS.passwordQueueMax,
  change: LIMITS.passwordChangeQueueMax,
};

export function openPasswordTurns(now: () => Date): PasswordTurns {
  const lanes: Record<Lane, Waiting[]> = { known: [], stranger: [], change: [] };
  const held = new Map<string, number>();
  let isRunning = false;
  let lastLane = 0;

  const busy = (message: string): AppError => {
    const waiting = LANES.reduce((sum, lane) => sum + lanes[lane].length, 0);
    return new AppError("queue_full", message, {
      retryAfterMs: Math.max(RETRY_AFTER_MS_MIN, waiting * TURN_MS),
    });
  };

  const hold = (places: readonly Place[], by: 1 | -1) => {
    for (const { name } of places) {
      const count = (held.get(name) ?? 0) + by;
      if (count === 0) held.delete(name);
      else held.set(name, count);
    }
  };

  const next = (): Waiting | undefined => {
    for (let step = 1; step <= LANES.length; step += 1) {
      const index = (lastLane + step) % LANES.length;
      const found = lanes[LANES[index] ?? "known"].shift();
      if (found === undefined) continue;
      lastLane = index;
      return found;
    }
    return undefined;
  };

  const advance = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (let turn = next(); turn !== undefined; turn = next()) {
      if (now().getTime() - turn.sinceMs > LIMITS.passwordWaitMsMax) turn.giveUp();
      else await turn.run();
    }
    isRunning = false;
  };

  return {
    take: async ({ lane, places }, work) => {
      if (places.some(({ name, max }) => (held.get(name) ?? 0) >= max))
        throw busy("This account or address is at it already. Try again in a moment.");
      if (lanes[lane].length >= QUEUE_MAX[lane])
        throw busy("Too many people log in at this moment. Try again shortly.");
      hold(places, 1);
      try {
        return await new Promise((resolve, reject) => {
          lanes[lane].push({
            sinceMs: now().getTime(),
            run: () => work().then(resolve, reject),
            giveUp: () => reject(busy("Too many people log in at this moment. Try again shortly.")),
          });
          void advance();
        });
      } finally {
        hold(places, -1);
      }
    },
  };
}
