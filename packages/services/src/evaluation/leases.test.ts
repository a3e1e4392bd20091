import { LIMITS } from "@assay/core";
import { claimJob, isOtherTenantWaiting, type JobLease } from "@assay/store";
import { expect, it } from "vitest";
import { moveLabel } from "../promotion/move-label.ts";
import { PRODUCTION } from "../promotion/testing/promotion-probes.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { contentOf, describeEachPlatform } from "../testing/index.ts";
import { cancelRun } from "./cancel-run.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { listRunResults } from "./list-run-results.ts";
import { runWorkerLoop } from "./run-worker-loop.ts";
import { startRun } from "./start-run.ts";
import { type EvalWorld, furnishTenant, MODEL, openEvalWorld } from "./testing/eval-world.ts";
import { createStallingEngine } from "./testing/stalling-engine.ts";

const SUITE = { suite: "triage-suite" };
const NEVER_MS = 1_000_000_000;

const worker = (workerId: string) => ({ workerId, signal: new AbortController().signal });

/** Starts a run whose worker stalls at the n-th call of its engine. */
async function stalledRun(
  world: EvalWorld,
  options: { stallsFrom: number; heartbeatMs: number; cancelGraceMs?: number },
) {
  await world.addVersion("skill 0");
  const { id: runId } = await startRun(world.airline, SUITE);
  const engine = createStallingEngine(world.test.platform.engine, options.stallsFrom);
  const shutdown = new AbortController();
  const working = executeNextRun(
    { ...world.test.platform, engine },
    {
      workerId: "first",
      signal: shutdown.signal,
      heartbeatMs: options.heartbeatMs,
      cancelGraceMs: options.cancelGraceMs ?? 20,
    },
  );
  await engine.stalled;
  // What was answered before is stored soon, and until then the job is locked.
  const stored = async () => (await getRun(world.airline, { runId })).progress.done;
  await expect.poll(stored, { timeout: 30_000 }).toBe(options.stallsFrom - 1);
  return { runId, engine, working, shutdown };
}

async function claimOne({ test }: EvalWorld, workerId: string): Promise<JobLease | undefined> {
  const now = test.platform.now();
  return await test.platform.store.writePlatform((tx) =>
    claimJob(tx, {
      workerId,
      now,
      leasedUntil: new Date(now.getTime() + LIMITS.jobLeaseMs),
      activePerTenantMax: LIMITS.runsActivePerTenantMax,
      attemptsMax: LIMITS.jobAttemptsMax,
    }),
  );
}

/** Would a run of the airline have to end its turn now? */
async function isBankWaiting({ test, airline }: EvalWorld): Promise<boolean> {
  const { tenantId } = airline.tenant;
  const at = { now: test.platform.now(), activePerTenantMax: LIMITS.runsActivePerTenantMax };
  return await test.platform.store.readPlatform((tx) => isOtherTenantWaiting(tx, { tenantId, ...at }));
}

describeEachPlatform("a worker", (open) => {
  it("that lost its lease writes nothing more, and the run is what the next one made of it", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    const { runId, engine, working } = await stalledRun(world, { stallsFrom: 10, heartbeatMs: NEVER_MS });
    world.passMs(LIMITS.jobLeaseMs + 1);
    expect(await executeNextRun(test.platform, worker("first"))).toBe(true);
    const finished = await getRun(airline, { runId });
    const results = await listRunResults(airline, { runId, limit: 200 });

    test.platform.engine.answerWith(() => "too late");
    engine.release();
    expect(await working).toBe(true);
    expect(await getRun(airline, { runId })).toEqual(finished);
    expect(await listRunResults(airline, { runId, limit: 200 })).toEqual(results);
    expect(finished).toMatchObject({ status: "completed", summary: { scored: 60, score: { mean: 1 } } });
  });

  it("keeps its lease as long as it lives", async () => {
    await using world = await openEvalWorld(open);
    const { runId, engine, working } = await stalledRun(world, { stallsFrom: 10, heartbeatMs: 20 });
    const leasedUntil = () =>
      world.airline.tenant.read(async (tx) => (await tx.select(tx.tables.jobs))[0]?.leasedUntil ?? null);
    for (let step = 0; step < 3; step++) {
      const before = await leasedUntil();
      world.passMs(LIMITS.jobLeaseMs - 1_000);
      await expect.poll(leasedUntil, { timeout: 30_000 }).not.toEqual(before);
      expect(await claimOne(world, "other")).toBeUndefined();
    }
    engine.release();
    expect(await working).toBe(true);
    expect(await getRun(world.airline, { runId })).toMatchObject({ status: "completed" });
  });

  it("stops generating when the run is cancelled, and keeps what was finished", async () => {
    await using world = await openEvalWorld(open);
    const { runId, engine, working } = await stalledRun(world, { stallsFrom: 10, heartbeatMs: 20 });
    await cancelRun(world.airline, { runId });
    expect(await working).toBe(true);
    expect(engine.cancelledCalls).toBeGreaterThan(0);
    const run = await getRun(world.airline, { runId });
    const { items } = await listRunResults(world.airline, { runId, limit: 200 });
    expect(run).toMatchObject({ status: "cancelled", summary: null, verdict: null });
    expect(items).toHaveLength(9);
    expect(new Set(items.map(({ outcome }) => outcome.status))).toEqual(new Set(["scored"]));
    expect(await executeNextRun(world.test.platform, worker("second"))).toBe(false);
  });

  it("keeps the slow answers too that were under way when the run was cancelled", async () => {
    await using world = await openEvalWorld(open);
    const graced = { stallsFrom: 10, heartbeatMs: 20, cancelGraceMs: NEVER_MS };
    const { runId, engine, working } = await stalledRun(world, graced);
    await cancelRun(world.airline, { runId });
    // A heartbeat after it: the worker has seen that it is cancelled.
    const leasedUntil = () =>
      world.airline.tenant.read(async (tx) => (await tx.select(tx.tables.jobs))[0]?.leasedUntil ?? null);
    world.passMs(1_000);
    const before = await leasedUntil();
    await expect.poll(leasedUntil, { timeout: 30_000 }).not.toEqual(before);
    world.passMs(1_000);
    const between = await leasedUntil();
    await expect.poll(leasedUntil, { timeout: 30_000 }).not.toEqual(between);
    engine.release();
    await working;
    const { status, progress } = await getRun(world.airline, { runId });
    expect(progress.done).toBeGreaterThan(9);
    expect(engine.cancelledCalls).toBe(0);
    expect(["cancelled", "completed"]).toContain(status);
  });

  it("hands its run back when it is shut down, and the next one goes on at once", async () => {
    await using world = await openEvalWorld(open);
    const { runId, working, shutdown } = await stalledRun(world, { stallsFrom: 10, heartbeatMs: NEVER_MS });
    shutdown.abort();
    expect(await working).toBe(true);
    expect(await getRun(world.airline, { runId })).toMatchObject({ status: "queued", progress: { done: 9 } });
    await world.work();
    expect(await getRun(world.airline, { runId })).toMatchObject({ status: "completed" });
    expect(world.test.platform.engine.calls).toHaveLength(60);
  });

  it("in the same process starts a new run at once, however long it would sleep", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const stop = new AbortController();
    const errors: unknown[] = [];
    const loop = runWorkerLoop(world.test.platform, {
      workerId: "loop",
      signal: stop.signal,
      idleMs: NEVER_MS,
      onError: (error) => errors.push(error),
    });
    for (let round = 0; round < 2; round++) {
      const { id: runId } = await startRun(world.airline, SUITE);
      const status = async () => (await getRun(world.airline, { runId })).status;
      await expect.poll(status, { timeout: 30_000 }).toBe("completed");
    }
    stop.abort();
    await loop;
    expect(errors).toEqual([]);
  });

  it("goes on after a fault of ours that could not even be told", async () => {
    await using world = await openEvalWorld(open);
    const { platform } = world.test;
    await world.addVersion("skill 0");
    const { id: runId } = await startRun(world.airline, SUITE);
    const stop = new AbortController();
    const told: unknown[] = [];
    let faults = 1;
    const now = () => {
      if (faults-- > 0) throw new Error("no clock");
      return platform.now();
    };
    const onError = (error: unknown) => {
      told.push(error);
      throw new Error("no log");
    };
    const loop = runWorkerLoop(
      { ...platform, now },
      { workerId: "loop", signal: stop.signal, idleMs: 1, onError },
    );
    const status = async () => (await getRun(world.airline, { runId })).status;
    await expect.poll(status, { timeout: 30_000 }).toBe("completed");
    stop.abort();
    await loop;
    expect(told).toMatchObject([{ message: "no clock" }]);
  });
});

describeEachPlatform("the claim of jobs", (open) => {
  it("takes tenants in turn, and no more at a time of one than it may have", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    await furnishTenant(bank, 5);
    const version = { prompt: "triage", content: contentOf(MODEL, "skill 0"), dryRun: false };
    for (const context of [airline, bank]) await addPromptVersion(context, version);
    for (let count = 0; count < 6; count++) await startRun(airline, SUITE);
    for (let count = 0; count < 2; count++) await startRun(bank, SUITE);

    const names = new Map([
      [airline.tenant.tenantId, "airline"],
      [bank.tenant.tenantId, "bank"],
    ]);
    const claimed: (string | undefined)[] = [];
    for (let count = 0; count < 8; count++) {
      claimed.push(names.get((await claimOne(world, "worker"))?.tenantId ?? ""));
    }
    expect(claimed).toEqual([
      "airline",
      "bank",
      "airline",
      "bank",
      "airline",
      "airline",
      undefined,
      undefined,
    ]);
  });

  it("gives each job to one worker, however many ask at once", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    for (let count = 0; count < 6; count++) await startRun(world.airline, SUITE);
    const leases = await Promise.all(
      Array.from({ length: 12 }, (_, index) => claimOne(world, `worker-${index}`)),
    );
    const jobs = leases.flatMap((lease) => lease?.jobId ?? []);
    expect(jobs).toHaveLength(LIMITS.runsActivePerTenantMax);
    expect(new Set(jobs).size).toBe(jobs.length);
  });

  it("lets a run wait for its baseline", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    await moveLabel(world.airline, { ...PRODUCTION, version: 1 });
    await world.addVersion("skill 1");
    const run = await startRun(world.airline, { ...SUITE, version: 2 });
    const first = await claimOne(world, "worker");
    expect(first?.runId).toBe(run.baselineRunId);
    expect(await claimOne(world, "worker")).toBeUndefined();
    await cancelRun(world.airline, { runId: run.baselineRunId ?? "" });
    world.passMs(LIMITS.jobLeaseMs + 1);
    await world.work();
    expect(await getRun(world.airline, { runId: run.id })).toMatchObject({
      status: "completed",
      verdict: { outcome: "inconclusive" },
    });
  });

  it("has no tenant wait that has as many runs under way as it may, until one of them is due again", async () => {
    await using world = await openEvalWorld(open);
    const { bank } = world;
    await furnishTenant(bank, 5);
    await world.addVersion("skill 0", bank);
    for (let count = 0; count <= LIMITS.runsActivePerTenantMax; count++) await startRun(bank, SUITE);
    for (let count = 0; count < LIMITS.runsActivePerTenantMax; count++) {
      expect(await isBankWaiting(world)).toBe(true);
      expect(await claimOne(world, "worker")).toBeDefined();
    }
    expect(await claimOne(world, "worker")).toBeUndefined();
    expect(await isBankWaiting(world)).toBe(false);
    world.passMs(LIMITS.jobLeaseMs + 1);
    expect(await isBankWaiting(world)).toBe(true);
  });

  it("has no tenant wait whose run waits for its baseline", async () => {
    await using world = await openEvalWorld(open);
    const { bank } = world;
    await furnishTenant(bank, 5);
    await world.addVersion("skill 0", bank);
    await moveLabel(bank, { ...PRODUCTION, version: 1 });
    await world.addVersion("skill 1", bank);
    const run = await startRun(bank, { ...SUITE, version: 2 });
    expect(await isBankWaiting(world)).toBe(true);
    expect((await claimOne(world, "worker"))?.runId).toBe(run.baselineRunId);
    expect(await isBankWaiting(world)).toBe(false);
  });
});
