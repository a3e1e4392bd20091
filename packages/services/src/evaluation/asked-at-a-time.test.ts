import { setImmediate } from "node:timers/promises";
import type { Engine } from "@assay/core";
import { expect, it } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { executeCase } from "./execute-case.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { pendingCases } from "./pending-cases.ts";
import { openRunMeans } from "./run-means.ts";
import { loadRunPlan } from "./run-plan.ts";
import { startRun } from "./start-run.ts";
import { type EvalWorld, openEvalWorld } from "./testing/eval-world.ts";
import { openJudgedWorld } from "./testing/judged-world.ts";
import { TurnShare } from "./turn-share.ts";

/** Hands calls on to `engine` once `count` of them are under way, and notes how many were at most. */
function counting(engine: Engine, count: number): { engine: Engine; most: () => number } {
  let [underWay, most] = [0, 0];
  const areEnough = Promise.withResolvers<void>();
  return {
    most: () => most,
    engine: {
      async *generate(request, call) {
        underWay += 1;
        most = Math.max(most, underWay);
        if (underWay === count) areEnough.resolve();
        try {
          await areEnough.promise;
          // Whoever else would be let in beside them comes now.
          for (let turn = 0; turn < 5; turn += 1) await setImmediate();
          yield* engine.generate(request, call);
        } finally {
          underWay -= 1;
        }
      },
      embed: (request, call) => engine.embed(request, call),
      status: () => engine.status(),
      close: () => engine.close(),
    },
  };
}

/** Carries out the first case of a run with one place, and holds it there once it is answered, before it is scored. */
async function holdAnsweredCase({ airline, test, addVersion }: EvalWorld) {
  const version = await addVersion("skill 0");
  const { id: runId } = await startRun(airline, {
    ...{ suite: "triage-suite", version, reuse: "never", concurrency: 1 },
  });
  const { platform } = test;
  const { tenant } = airline;
  const plan = await loadRunPlan(platform, { tenantId: tenant.tenantId, runId });
  const pending = { runId, ...plan.run, repeats: 1, done: 0, positions: null };
  const { value: item } = await pendingCases(tenant, pending).next();
  if (item === undefined) throw new Error("the run has a case");
  const answered = Promise.withResolvers<void>();
  const mayScore = Promise.withResolvers<void>();
  const scoring = Object.assign(new TurnShare(1), {
    take: () => {
      answered.resolve();
      return mayScore.promise;
    },
  });
  const means = { ...openRunMeans(platform, plan), scoring };
  const place = means.asking.open();
  const { signal } = new AbortController();
  const share = means.budget.open();
  const done = executeCase({ platform, plan, means, item, share, place, signal });
  await answered.promise;
  let hasNextEntered = false;
  const next = means.asking
    .open()
    .take(signal)
    .then(() => {
      hasNextEntered = true;
    });
  await setImmediate();
  return {
    hasNextEntered: () => hasNextEntered,
    /** Lets it be scored, and does as the run does with a case that is done. */
    finish: async () => {
      mayScore.resolve();
      const { row } = await done;
      place.leave();
      await next;
      return row;
    },
  };
}

describeEachPlatform("a run that says how many cases may be in flight", (open) => {
  it.each([1, 8])(
    "asks for %i at a time, though more are prepared, and for every case",
    async (concurrency) => {
      await using world = await openEvalWorld(open);
      const { airline, test } = world;
      const version = await world.addVersion("skill 20");
      const { engine, most } = counting(test.platform.engine, concurrency);
      const { id: runId } = await startRun(airline, {
        ...{ suite: "triage-suite", version, reuse: "never", concurrency },
      });
      await executeNextRun(
        { ...test.platform, engine },
        { workerId: "w", signal: new AbortController().signal },
      );
      expect(await getRun(airline, { runId })).toMatchObject({
        status: "completed",
        summary: { scored: 60 },
      });
      expect(most()).toBe(concurrency);
    },
  );

  it("counts its judge's calls among them: a case keeps its place until it is scored", async () => {
    await using world = await openJudgedWorld(open);
    const { airline, test } = world;
    const version = await world.addVersion("skill 20");
    const { engine, most } = counting(test.platform.engine, 8);
    await startRun(airline, { suite: "triage-suite", version, reuse: "never", concurrency: 8 });
    await executeNextRun(
      { ...test.platform, engine },
      { workerId: "w", signal: new AbortController().signal },
    );
    expect(most()).toBe(8);
  });

  it("gives a case's place to the next with its answer, before it is scored", async () => {
    await using world = await openEvalWorld(open);
    const held = await holdAnsweredCase(world);
    expect(held.hasNextEntered()).toBe(true);
    expect(await held.finish()).toMatchObject({ status: "scored", score: 1 });
  });

  it("gives it to nobody before the judge is done, who may ask the same model", async () => {
    await using world = await openJudgedWorld(open);
    const held = await holdAnsweredCase(world);
    expect(held.hasNextEntered()).toBe(false);
    expect(await held.finish()).toMatchObject({ status: "scored", score: 1 });
    expect(held.hasNextEntered()).toBe(true);
  });
});
