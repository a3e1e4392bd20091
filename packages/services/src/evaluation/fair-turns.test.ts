import { LIMITS } from "@assay/core";
import { expect, it } from "vitest";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { contentOf, describeEachPlatform } from "../testing/index.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { startRun } from "./start-run.ts";
import { type EvalWorld, furnishTenant, MODEL, openEvalWorld } from "./testing/eval-world.ts";
import { createStallingEngine } from "./testing/stalling-engine.ts";

const SUITE = { suite: "triage-suite" };
const options = () => ({ workerId: "worker", signal: new AbortController().signal });

async function furnishBank({ bank }: EvalWorld): Promise<void> {
  await furnishTenant(bank, 3);
  const content = contentOf(MODEL, "skill 0");
  await addPromptVersion(bank, { prompt: "triage", content, dryRun: false });
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
});
