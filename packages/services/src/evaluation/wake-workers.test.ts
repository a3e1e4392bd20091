import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { sleepUntilWoken, wakeCalls, wakeWorkers } from "./wake-workers.ts";

const NEVER_MS = 1_000_000_000;

describeEachPlatform("a sleeping worker", (open) => {
  it("leaves nothing at the signal of its process, whether it was woken or its time was over", async () => {
    await using test = await open();
    const { store } = test.platform;
    const { signal } = new AbortController();
    const woken = sleepUntilWoken(store, { since: wakeCalls(store), idleMs: NEVER_MS, signal });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    wakeWorkers(store);
    await woken;
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await sleepUntilWoken(store, { since: wakeCalls(store), idleMs: 1, signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("gets up when its process ends", async () => {
    await using test = await open();
    const { store } = test.platform;
    const stop = new AbortController();
    const asleep = sleepUntilWoken(store, {
      since: wakeCalls(store),
      idleMs: NEVER_MS,
      signal: stop.signal,
    });
    stop.abort();
    await asleep;
  });
});
