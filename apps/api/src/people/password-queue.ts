import { AppError, LIMITS } from "@assay/core";

/** Runs hashing one piece at a time; a crowd of log-ins is told to come back and starves nobody. */
export interface PasswordQueue {
  /** @throws AppError `queue_full` with `retryAfterMs`. */
  run<R>(work: () => Promise<R>): Promise<R>;
}

const RETRY_AFTER_MS = 2_000;

export function openPasswordQueue(): PasswordQueue {
  let tail: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    run: (work) => {
      if (waiting >= LIMITS.passwordQueueMax) {
        throw new AppError("queue_full", "Too many people log in at this moment. Try again shortly.", {
          retryAfterMs: RETRY_AFTER_MS,
        });
      }
      waiting += 1;
      const result = tail.then(work, work);
      tail = result
        .catch(() => undefined)
        .finally(() => {
          waiting -= 1;
        });
      return result;
    },
  };
}
