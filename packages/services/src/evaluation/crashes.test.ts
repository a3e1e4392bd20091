import { LIMITS, type Run, type RunResult } from "@assay/core";
import { describe, expect, it } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { listRunResults } from "./list-run-results.ts";
import { startRun } from "./start-run.ts";
import { dyingPlatform } from "./testing/dying-platform.ts";
import { caseNumberOf, type EvalWorld, openEvalWorld } from "./testing/eval-world.ts";

// Small groups, so that there are many moments to die between them.
const worker = (workerId: string) => ({
  workerId,
  signal: new AbortController().signal,
  resultsPerGroupMax: 3,
});

async function resultsOf({ airline }: EvalWorld, runId: string): Promise<RunResult[]> {
  const { items } = await listRunResults(airline, { runId, limit: 200 });
  return items;
}

/** Everything but the time it took. */
function contentOf({ summary, verdict, progress, status }: Run, results: RunResult[]) {
  const numbers = { ...summary, latencyP50Ms: null, latencyP95Ms: null };
  const timeless = results.map((result) => ({ ...result, latencyMs: null }));
  return { numbers, verdict, progress, status, timeless };
}

/** How often the engine was asked for each case. */
function callsByCase({ test }: EvalWorld): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { request } of test.platform.engine.calls) {
    const number = caseNumberOf(request);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

// The first write of a worker asks whether the run was cancelled; the last stores summary and verdict.
const DEATHS = [1, 2, 3, 7, 12].flatMap((atWrite) => [
  { atWrite, commits: true },
  { atWrite, commits: false },
]);

describeEachPlatform("a run whose worker was killed", (open) => {
  describe.each(DEATHS)("at write $atWrite (committed: $commits)", (death) => {
    it("is finished by another without repeating a stored case, and comes to the same", async () => {
      await using world = await openEvalWorld(open);
      const { airline, test } = world;
      const version = await world.addVersion("skill 20");
      const whole = await world.evaluate(version);
      const wholeResults = await resultsOf(world, whole.id);

      const { id: runId } = await startRun(airline, {
        suite: "triage-suite",
        version,
        reuse: "never",
        concurrency: 4,
      });
      const callsBefore = callsByCase(world);
      const dying = executeNextRun(dyingPlatform(test.platform, death), worker("first"));
      await expect(dying).rejects.toThrow("the process is dead");
      const stored = (await resultsOf(world, runId)).map(({ caseKey }) => Number(caseKey.slice(5)));
      expect(await getRun(airline, { runId })).toMatchObject({
        status: "running",
        progress: { done: stored.length },
      });

      expect(await executeNextRun(test.platform, worker("second"))).toBe(false);
      world.passMs(LIMITS.jobLeaseMs + 1);
      expect(await executeNextRun(test.platform, worker("second"))).toBe(true);

      const run = await getRun(airline, { runId });
      const results = await resultsOf(world, runId);
      expect(contentOf(run, results)).toEqual(contentOf(whole, wholeResults));
      const calls = callsByCase(world);
      for (const number of stored) {
        expect((calls.get(number) ?? 0) - (callsBefore.get(number) ?? 0)).toBe(1);
      }
    });
  });

  it("is finished also when each of several workers dies in the middle, and given up after too many", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    await world.addVersion("skill 0");
    const dieOnce = async (death: { atWrite: number; commits: boolean }) => {
      const dying = executeNextRun(dyingPlatform(test.platform, death), worker("dying"));
      await expect(dying).rejects.toThrow("the process is dead");
      world.passMs(LIMITS.jobLeaseMs + 1);
    };
    const { id: runId } = await startRun(airline, { suite: "triage-suite", concurrency: 4 });
    for (let death = 1; death <= 3; death++) await dieOnce({ atWrite: 4, commits: true });
    await world.work();
    expect(await getRun(airline, { runId })).toMatchObject({ status: "completed", summary: { scored: 60 } });

    const doomed = await startRun(airline, { suite: "triage-suite", reuse: "never" });
    for (let death = 1; death <= LIMITS.jobAttemptsMax; death++) await dieOnce({ atWrite: 1, commits: true });
    expect(await executeNextRun(test.platform, worker("last"))).toBe(false);
    const run = await getRun(airline, { runId: doomed.id });
    expect(run).toMatchObject({ status: "failed", summary: null, verdict: null });
    expect(run.error).toContain("given up");
  });

  it("is handed back after a fault of ours, which is thrown, and its text is kept from the tenant", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    await world.addVersion("skill 0");
    const { id: runId } = await startRun(airline, { suite: "triage-suite" });
    test.platform.engine.answerWith(() => {
      throw new Error("a bug");
    });
    for (let attempt = 1; attempt <= LIMITS.jobAttemptsMax; attempt++) {
      await expect(executeNextRun(test.platform, worker("worker"))).rejects.toThrow("a bug");
      expect(await getRun(airline, { runId })).toMatchObject({ status: "queued", error: null });
      world.passMs(LIMITS.jobLeaseMs);
    }
    expect(await executeNextRun(test.platform, worker("worker"))).toBe(false);
    const run = await getRun(airline, { runId });
    expect(run.status).toBe("failed");
    expect(run.error).not.toContain("a bug");
  });
});
