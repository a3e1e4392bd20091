import type { EngineFailure } from "@assay/core";
import type { Place } from "@assay/evaluator";
import { describe, expect, it, vi } from "vitest";
import { ConnectionLimit } from "./connection-limit.ts";

const LATER: EngineFailure = { code: "rate_limited", message: "later", retryable: true };
const OWN_LINE_FULL: EngineFailure = {
  ...{ code: "queue_full", message: "yours", retryable: true },
  ...{ retryAfterMs: 5_000, isOfTenantAlone: true },
};
const never = new AbortController().signal;

/** Who waits and who is in, of one limit. */
function crowd(limit: ConnectionLimit) {
  const inside: { tenant: string; place: Place }[] = [];
  return {
    inside,
    arrive: (count: number, tenant = "airline") => {
      for (let index = 0; index < count; index++) {
        void limit.enter(tenant, never).then((place) => inside.push({ tenant, place }));
      }
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    /** Everyone inside leaves, and as many as may come in instead. */
    async round(failure?: EngineFailure) {
      for (const { place } of inside.splice(0)) place.leave(failure);
      await this.settle();
      return inside.length;
    },
    of: (tenant: string) => inside.filter((one) => one.tenant === tenant).length,
  };
}

describe("the limit of a connection", () => {
  it("doubles in each round of answers until it is what it may be", async () => {
    const limit = new ConnectionLimit({ start: 8, max: 64 });
    const people = crowd(limit);
    people.arrive(1_000);
    await people.settle();
    const rounds = [people.inside.length];
    for (let round = 0; round < 4; round++) rounds.push(await people.round());
    expect(rounds).toEqual([8, 16, 32, 64, 64]);
  });

  it('begins with what the caller asks for, but not where the provider said "later" before', async () => {
    const limit = new ConnectionLimit({ start: 8, max: 256 });
    limit.startFrom(200);
    expect(limit.limit).toBe(200);
    const people = crowd(limit);
    people.arrive(300);
    await people.settle();
    expect(await people.round(LATER)).toBe(100);
    limit.startFrom(200);
    expect(limit.limit).toBe(100);
  });

  it("halves once for all that were refused in the same round, and grows by one a round afterwards", async () => {
    const limit = new ConnectionLimit({ start: 32, max: 256 });
    const people = crowd(limit);
    people.arrive(1_000);
    await people.settle();
    expect(await people.round(LATER)).toBe(16);
    expect(await people.round()).toBe(17);
    expect(await people.round()).toBe(18);
    for (let round = 0; round < 10; round++) await people.round(LATER);
    expect(limit.limit).toBe(1);
  });

  it("lets nobody in while the provider wants a pause", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    let nowMs = 0;
    const limit = new ConnectionLimit({ start: 4, max: 4, nowMs: () => nowMs });
    const people = crowd(limit);
    people.arrive(10);
    await people.settle();
    expect(await people.round({ ...LATER, retryAfterMs: 5_000 })).toBe(0);
    nowMs = 5_000;
    vi.advanceTimersByTime(5_000);
    await people.settle();
    expect(people.inside).toHaveLength(2);
    vi.useRealTimers();
  });

  it("gives each tenant as many places, whoever came first with however many", async () => {
    const limit = new ConnectionLimit({ start: 8, max: 8 });
    const people = crowd(limit);
    people.arrive(100, "airline");
    await people.settle();
    people.arrive(100, "bank");
    await people.round();
    expect([people.of("airline"), people.of("bank")]).toEqual([4, 4]);
  });

  it("takes out of the queue who was aborted", async () => {
    const limit = new ConnectionLimit({ start: 1, max: 1 });
    const first = await limit.enter("airline", never);
    const stop = new AbortController();
    const second = limit.enter("airline", stop.signal);
    stop.abort(new Error("stopped"));
    await expect(second).rejects.toThrow("stopped");
    const third = limit.enter("bank", never);
    first.leave(undefined);
    (await third).leave(undefined);
    expect(limit.isIdle).toBe(true);
  });

  it("slows a tenant that was refused for what it has under way itself, and no other", async () => {
    let nowMs = 0;
    const limit = new ConnectionLimit({ start: 8, max: 8, nowMs: () => nowMs });
    const people = crowd(limit);
    people.arrive(100, "airline");
    await people.settle();
    people.arrive(100, "bank");
    // All eight of the airline are refused: it has a pause, and the bank all places.
    expect(await people.round(OWN_LINE_FULL)).toBe(8);
    expect([limit.limit, people.of("airline"), people.of("bank")]).toEqual([8, 0, 8]);
    nowMs = 5_000;
    await people.round();
    expect([people.of("airline"), people.of("bank")]).toEqual([4, 4]);
    // What is said of everybody still counts for all.
    nowMs = 10_000;
    expect(await people.round(LATER)).toBe(4);
    expect([limit.limit, people.of("airline"), people.of("bank")]).toEqual([4, 2, 2]);
  });

  it("lets a tenant that was refused alone come back with half of what it had, one more a round", async () => {
    let nowMs = 0;
    const limit = new ConnectionLimit({ start: 8, max: 8, nowMs: () => nowMs });
    const people = crowd(limit);
    people.arrive(100);
    await people.settle();
    expect(await people.round(OWN_LINE_FULL)).toBe(0);
    nowMs = 5_000;
    people.arrive(1);
    await people.settle();
    const rounds = [people.inside.length];
    for (let round = 0; round < 5; round++) rounds.push(await people.round());
    expect(rounds).toEqual([4, 5, 6, 7, 8, 8]);
  });

  it("wakes a tenant after its own pause, and leaves at once who is aborted meanwhile", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let nowMs = 0;
    const limit = new ConnectionLimit({ start: 4, max: 4, nowMs: () => nowMs });
    const first = await limit.enter("airline", never);
    first.leave({ ...OWN_LINE_FULL, retryAfterMs: 3_600_000 });
    const stop = new AbortController();
    const stopped = limit.enter("airline", stop.signal);
    stop.abort(new Error("stopped"));
    await expect(stopped).rejects.toThrow("stopped");
    expect(vi.getTimerCount()).toBe(0);
    const people = crowd(limit);
    people.arrive(3);
    await people.settle();
    expect(people.inside).toHaveLength(0);
    // Never longer than half a minute, whatever was said.
    nowMs = 30_000;
    vi.advanceTimersByTime(30_000);
    await people.settle();
    expect(people.inside).toHaveLength(2);
    vi.useRealTimers();
  });
});
