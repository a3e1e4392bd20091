import { type Engine, LIMITS } from "@assay/core";
import { expect, it } from "vitest";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { contentOf, describeEachPlatform } from "../testing/index.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { runWorkerLoop } from "./run-worker-loop.ts";
import { startRun } from "./start-run.ts";
import { type EvalWorld, furnishTenant, MODEL, openEvalWorld } from "./testing/eval-world.ts";
import { createStallingEngine } from "./testing/stalling-engine.ts";

const POLL = { timeout: 60_000 };
const SUITE = { suite: "triage-suite" };
const options = () => ({ workerId: "worker", signal: new AbortController().signal });

async function furnishBank({ bank }: EvalWorld): Promise<void> {
  await furnishTenant(bank, 3);
  const content = contentOf(MODEL, "skill 0");
  await addPromptVersion(bank, { prompt: "triage", content, dryRun: false });
}

/** Answers how often the lease was seen to be renewed since. */
async function countBeats(world: EvalWorld): Promise<() => Promise<number>> {
  const { tenant } = world.airline;
  const renewals = new Set<number | undefined>();
  return async () => {
    world.passMs(1);
    const [job] = await tenant.read((tx) => tx.select(tx.tables.jobs));
    return renewals.add(job?.leasedUntil?.getTime()).size;
  };
}

/**
 * A worker's loop on a long run of the airline, whose cases are not answered after the ninth, with a run of the bank
 * that waits behind it, at the end of the long run's turn.
 */
async function loopBesideStalledRun(
  world: EvalWorld,
  { endingMax }: { endingMax?: number | undefined } = {},
) {
  const { airline, bank, test } = world;
  await furnishBank(world);
  const version = await world.addVersion("skill 0");
  // So few that the model, which both tenants share, has places left.
  const long = await startRun(airline, { ...SUITE, version, concurrency: 4 });
  const { engine } = test.platform;
  const stalling = createStallingEngine(engine, 10);
  const generate: Engine["generate"] = (request, call) =>
    (call.tenantId === airline.tenant.tenantId ? stalling : engine).generate(request, call);
  const stop = new AbortController();
  const errors: unknown[] = [];
  const loop = runWorkerLoop(
    { ...test.platform, engine: { ...stalling, generate } },
    {
      ...{ workerId: "loop", signal: stop.signal, idleMs: 20, heartbeatMs: 20, endingMax },
      onError: (error) => errors.push(error),
    },
  );
  await stalling.stalled;
  const waiting = await startRun(bank, SUITE);
  world.passMs(LIMITS.jobSliceMs);
  return {
    statusOfLong: async () => (await getRun(airline, { runId: long.id })).status,
    statusOfWaiting: async () => (await getRun(bank, { runId: waiting.id })).status,
    release: () => stalling.release(),
    end: async () => {
      stop.abort();
      await loop;
      return errors;
    },
  };
}

describeEachPlatform("the only worker", (open) => {
  it("serves the tenant that was served longest ago, however many runs of another one wait", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank, test } = world;
    await furnishBank(world);
    const version = await world.addVersion("skill 0");
    for (let count = 0; count < 20; count++) await startRun(airline, { ...SUITE, version });
    const { id: runId } = await startRun(bank, SUITE);
    world.passMs(1);
    await executeNextRun(test.platform, options());
    expect(await getRun(bank, { runId })).toMatchObject({ status: "queued" });
    world.passMs(1);
    await executeNextRun(test.platform, options());
    expect(await getRun(bank, { runId })).toMatchObject({ status: "completed" });
  });

  it("hands a long run back after its turn when another tenant waits, and loses nothing of it", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank, test } = world;
    await furnishBank(world);
    const version = await world.addVersion("skill 0");
    const long = await startRun(airline, { ...SUITE, version });
    const engine = createStallingEngine(test.platform.engine, 10);
    const working = executeNextRun({ ...test.platform, engine }, { ...options(), heartbeatMs: 20 });
    await engine.stalled;
    const waiting = await startRun(bank, SUITE);
    world.passMs(LIMITS.jobSliceMs);
    const leasedUntil = async () =>
      await airline.tenant.read(async (tx) => (await tx.select(tx.tables.jobs))[0]?.leasedUntil?.getTime());
    // Two beats after its time the worker has noticed that its turn is over.
    for (let beat = 0; beat < 2; beat++) {
      const before = await leasedUntil();
      world.passMs(1);
      await expect.poll(leasedUntil, { timeout: 30_000 }).not.toBe(before);
    }
    engine.release();
    await working;
    const paused = await getRun(airline, { runId: long.id });
    expect(paused.status).toBe("queued");
    expect(paused.progress.done).toBeGreaterThanOrEqual(10);
    expect(paused.progress.done).toBeLessThan(60);
    await executeNextRun(test.platform, options());
    expect(await getRun(bank, { runId: waiting.id })).toMatchObject({ status: "completed" });
    await executeNextRun(test.platform, options());
    expect(await getRun(airline, { runId: long.id })).toMatchObject({
      status: "completed",
      summary: { scored: 60 },
    });
    expect(test.platform.engine.calls).toHaveLength(63);
  });

  it("goes on with the next run while a long one, whose turn is over, ends what it began", async () => {
    await using world = await openEvalWorld(open);
    const beside = await loopBesideStalledRun(world);
    await expect.poll(beside.statusOfWaiting, POLL).toBe("completed");
    expect(await beside.statusOfLong()).toBe("running");
    beside.release();
    await expect.poll(beside.statusOfLong, POLL).toBe("completed");
    expect(await beside.end()).toEqual([]);
    expect(world.test.platform.engine.calls).toHaveLength(63);
  });

  it("has only so many such runs beside it, and waits for one of them to end", async () => {
    await using world = await openEvalWorld(open);
    const beside = await loopBesideStalledRun(world, { endingMax: 0 });
    const beats = await countBeats(world);
    await expect.poll(beats, POLL).toBeGreaterThan(20);
    expect(await beside.statusOfWaiting()).toBe("queued");
    beside.release();
    await expect.poll(beside.statusOfWaiting, POLL).toBe("completed");
    await expect.poll(beside.statusOfLong, POLL).toBe("completed");
    expect(await beside.end()).toEqual([]);
  });

  it.each([
    ["many", undefined],
    ["no", 0],
  ])(
    "hands back a run that ends what it began when the process stops, where %s such runs may be beside the next",
    async (_, endingMax) => {
      await using world = await openEvalWorld(open);
      const beside = await loopBesideStalledRun(world, { endingMax });
      if (endingMax === undefined) await expect.poll(beside.statusOfWaiting, POLL).toBe("completed");
      // Two beats after its time its turn is over.
      else await expect.poll(await countBeats(world), POLL).toBeGreaterThan(2);
      expect(await beside.statusOfLong()).toBe("running");
      expect(await beside.end()).toEqual([]);
      expect(await beside.statusOfLong()).toBe("queued");
      await world.work();
      expect(await beside.statusOfLong()).toBe("completed");
      expect(await beside.statusOfWaiting()).toBe("completed");
    },
  );
});

describeEachPlatform("a tenant whose own requests fill its own line at a model that others share", (open) => {
  it("keeps no other tenant's run from asking that model", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank, test } = world;
    await furnishBank(world);
    const refused = Promise.withResolvers<void>();
    const message = "Too many requests are waiting for the local engine.";
    const failure = { code: "queue_full", message, retryable: true, isOfTenantAlone: true } as const;
    const engine: Engine = {
      ...test.platform.engine,
      async *generate(request, call) {
        if (call.tenantId === bank.tenant.tenantId)
          return yield* test.platform.engine.generate(request, call);
        refused.resolve();
        yield { type: "failed", failure: { ...failure, retryAfterMs: 30_000 }, usage: undefined };
      },
    };
    const platform = { ...test.platform, engine };
    const version = await world.addVersion("skill 0");
    const { id } = await startRun(airline, { ...SUITE, version });
    const stop = new AbortController();
    const pushedBack = executeNextRun(platform, { workerId: "first", signal: stop.signal });
    await refused.promise;
    const { id: runId } = await startRun(bank, SUITE);
    await executeNextRun(platform, { ...options(), workerId: "second" });
    expect(await getRun(bank, { runId })).toMatchObject({ status: "completed", summary: { scored: 3 } });
    // Its cases wait for the line to be shorter, and leave at once when the process stops.
    expect(await getRun(airline, { runId: id })).toMatchObject({ status: "running", progress: { done: 0 } });
    stop.abort();
    await pushedBack;
    expect(await getRun(airline, { runId: id })).toMatchObject({ status: "queued" });
  });
});
