import { expect, it } from "vitest";
import type { Context } from "../context.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { PRODUCTION, refusalOf } from "../promotion/testing/promotion-probes.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { putSuite } from "../registry/put-suite.ts";
import { openSecretBox } from "../registry/secret-box.ts";
import { contentOf, describeEachPlatform } from "../testing/index.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { listRunResults } from "./list-run-results.ts";
import { startRun } from "./start-run.ts";
import { dyingPlatform } from "./testing/dying-platform.ts";
import { type EvalWorld, furnishTenant, GATE, MODEL, openEvalWorld, SPEC } from "./testing/eval-world.ts";

const EARLY = { suite: "triage-suite", stopEarly: true, concurrency: 4 };
const CASES = 400;

async function openLargeWorld(open: Parameters<typeof openEvalWorld>[0]): Promise<EvalWorld> {
  const world = await openEvalWorld(open);
  await world.importCases(CASES);
  await world.putSuite({
    gate: {
      label: "production",
      minCases: 30,
      minScore: { score: 0.7, on: "lower" },
      maxErrors: 0,
      noFlips: [],
    },
  });
  return world;
}

async function carryOut(world: EvalWorld, draft: object) {
  const { id: runId } = await startRun(world.airline, { ...EARLY, ...draft });
  await world.work();
  return await getRun(world.airline, { runId });
}

describeEachPlatform("a run that may stop early", (open) => {
  it.each([
    ["pass", "skill 0"],
    ["fail", "skill 400"],
  ])(
    "ends with %s as soon as its gate is decided, with the cases left out neither failed nor zero",
    async (outcome, text) => {
      await using world = await openLargeWorld(open);
      await world.addVersion(text);
      const run = await carryOut(world, {});
      expect(run).toMatchObject({
        status: "completed",
        stopEarly: true,
        stoppedEarly: true,
        verdict: { outcome },
      });
      const { done, total } = run.progress;
      expect(total).toBe(CASES);
      expect(done).toBeLessThan(CASES / 2);
      expect(run.summary).toMatchObject({ cases: done, scored: done, failed: 0, notScored: 0 });
      expect(world.test.platform.engine.calls).toHaveLength(done);
      // The order is drawn by chance: the first cases done are not the first of the dataset.
      const { items } = await listRunResults(world.airline, { runId: run.id, limit: 200 });
      expect(items.some(({ caseKey }) => Number(caseKey.slice(5)) > CASES / 2)).toBe(true);
    },
  );

  it("is evidence: the label moves by the same verdict", async () => {
    await using world = await openLargeWorld(open);
    const { version } = { version: await world.addVersion("skill 0") };
    const run = await carryOut(world, {});
    expect(run.stoppedEarly).toBe(true);
    await moveLabel(world.airline, { ...PRODUCTION, version });
    const again = await getRun(world.airline, { runId: run.id });
    expect(again.verdict).toEqual(run.verdict);
  });

  it("comes in an order that is one for all runs of the same things, and another for another tenant or platform", async () => {
    await using world = await openLargeWorld(open);
    await world.addVersion("skill 0");
    const { airline, bank, test } = world;
    const firstCases = async (context: Context) => {
      const { id: runId } = await startRun(context, { ...EARLY, concurrency: 1, reuse: "never" });
      await world.work();
      const { items } = await listRunResults(context, { runId, limit: 200 });
      expect(items.length).toBeLessThan(CASES / 2);
      return items.map(({ caseKey }) => caseKey).sort();
    };
    const drawn = await firstCases(airline);
    expect(await firstCases(airline)).toEqual(drawn);

    await furnishTenant(bank, CASES);
    const gate = { ...GATE, minScore: { score: 0.7, on: "lower" as const }, noFlips: [] };
    await putSuite(bank, { suite: "triage-suite", ...SPEC, gate });
    const content = { ...contentOf(MODEL, "skill 0"), sampling: { temperature: 0 } };
    await addPromptVersion(bank, { prompt: "triage", content, dryRun: false });
    expect(await firstCases(bank)).not.toEqual(drawn);

    test.platform.secrets = openSecretBox(new Uint8Array(32).fill(7));
    expect(await firstCases(airline)).not.toEqual(drawn);
  });

  it("goes on to the last case while nothing is decided", async () => {
    await using world = await openLargeWorld(open);
    await world.addVersion("skill 0");
    await world.putSuite({ gate: { ...GATE, noFlips: [], minCases: CASES } });
    const run = await carryOut(world, {});
    expect(run).toMatchObject({ stoppedEarly: false, progress: { done: CASES, total: CASES } });
  });

  it("knows what an earlier worker stored, and comes to the same", async () => {
    await using world = await openLargeWorld(open);
    await world.addVersion("skill 0");
    const { id: runId } = await startRun(world.airline, EARLY);
    const worker = { workerId: "w", signal: new AbortController().signal, resultsPerGroupMax: 3 };
    const dying = executeNextRun(dyingPlatform(world.test.platform, { atWrite: 5, commits: true }), worker);
    await expect(dying).rejects.toThrow("the process is dead");
    world.passMs(1_000_000);
    await world.work();
    const run = await getRun(world.airline, { runId });
    expect(run).toMatchObject({ status: "completed", stoppedEarly: true, verdict: { outcome: "pass" } });
  });

  it("is refused without a gate, and for a part of the cases", async () => {
    await using world = await openLargeWorld(open);
    await world.addVersion("skill 0");
    const part = startRun(world.airline, { ...EARLY, selection: { tags: ["critical"] } });
    expect(await refusalOf(part)).toMatchObject({ code: "invalid_input" });
    await world.putSuite({ gate: undefined });
    expect(await refusalOf(startRun(world.airline, EARLY))).toMatchObject({ code: "invalid_input" });
  });
});
