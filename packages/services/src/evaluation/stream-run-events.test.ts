import { LIMITS } from "@assay/core";
import { expect, it } from "vitest";
import { refusalOf } from "../promotion/testing/promotion-probes.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { startRun } from "./start-run.ts";
import { streamRunEvents } from "./stream-run-events.ts";
import { openEvalWorld } from "./testing/eval-world.ts";

const never = new AbortController().signal;

describeEachPlatform("the events of a run", (open) => {
  it("tell its states until it has ended, and nothing twice to who has seen it", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const { id: runId } = await startRun(world.airline, { suite: "triage-suite" });
    const events = streamRunEvents(world.airline, { runId, forMs: 60_000, signal: never });
    const first = (await events.next()).value;
    expect(first).toMatchObject({ type: "progress", run: { status: "queued" } });
    await world.work();
    let last = first;
    for await (const event of events) last = event;
    expect(last).toMatchObject({ type: "end", run: { status: "completed", verdict: { outcome: "pass" } } });

    const { id: waiting } = await startRun(world.airline, { suite: "triage-suite" });
    const after = "queued-0";
    const seen = streamRunEvents(world.airline, { runId: waiting, forMs: 0, after, signal: never });
    expect(await seen.next()).toEqual({ done: true, value: undefined });
  });

  it("are the tenant's own, within a key's prompts, and for so many listeners at a time", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const { id: runId } = await startRun(world.airline, { suite: "triage-suite" });
    const listen = (context = world.airline) =>
      streamRunEvents(context, { runId, forMs: 60_000, signal: never });
    expect(await refusalOf(listen(world.bank).next())).toMatchObject({ code: "not_found" });
    const confined = callerWith(world.airline, { prompts: ["other"] });
    expect(await refusalOf(listen(confined).next())).toMatchObject({ code: "scope_missing" });

    const listening = Array.from({ length: LIMITS.runListenersPerTenantMax }, () => listen());
    await Promise.all(listening.map((events) => events.next()));
    expect(await refusalOf(listen().next())).toMatchObject({ code: "concurrency_limit_exceeded" });
    expect(await refusalOf(listen(world.bank).next())).toMatchObject({ code: "not_found" });
    await listening[0]?.return(undefined);
    expect((await listen().next()).done).toBe(false);
    await Promise.all(listening.map((events) => events.return(undefined)));
  });
});
