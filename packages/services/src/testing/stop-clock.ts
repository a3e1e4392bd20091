import type { Context } from "../context.ts";

/** From now on it is this moment: what is counted by days comes to the same when a test runs over midnight. */
export function stopClock({ platform }: Context): void {
  const now = platform.now();
  platform.now = () => now;
}
