import { expect, it } from "vitest";
import { moveLabel } from "../promotion/move-label.ts";
import { PRODUCTION } from "../promotion/testing/promotion-probes.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { startRun } from "./start-run.ts";
import { openEvalWorld } from "./testing/eval-world.ts";
import { createStallingEngine } from "./testing/stalling-engine.ts";

const SUITE = { suite: "triage-suite" };

describeEachPlatform("what a run can show", (open) => {
  it("is said before its first case is done, from the scores of the incumbent", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    const incumbent = await world.addVersion("skill 12");
    await world.evaluate(incumbent);
    await moveLabel(airline, { ...PRODUCTION, version: incumbent });
    const { id: runId, power } = await startRun(airline, {
      ...SUITE,
      version: await world.addVersion("skill 6"),
    });
    expect(power).toBeNull();
    const engine = createStallingEngine(test.platform.engine, 1);
    const options = { workerId: "worker", signal: new AbortController().signal };
    const working = executeNextRun({ ...test.platform, engine }, options);
    await engine.stalled;
    const begun = await getRun(airline, { runId });
    // 48 of 60 passed: (1.95996 + 0.84162) · sqrt(0.16 · 60/59 / 60).
    expect(begun).toMatchObject({ progress: { done: 0 }, power: { cases: 60, groups: 60 } });
    expect(begun.power?.detectableDifference).toBeCloseTo(0.1459, 3);
    expect(begun.power?.casesNeeded).toBeGreaterThan(60);
    engine.release();
    await working;
    expect((await getRun(airline, { runId })).power).toEqual(begun.power);
  });

  it("is not said without an incumbent, of the incumbent itself, and of a part of the cases", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const incumbent = await world.addVersion("skill 12");
    expect((await world.evaluate(incumbent)).power).toBeNull();
    await moveLabel(airline, { ...PRODUCTION, version: incumbent });
    expect((await world.evaluate(incumbent)).power).toBeNull();
    const version = await world.addVersion("skill 6");
    const part = await startRun(airline, { ...SUITE, version, selection: { tags: ["critical"] } });
    await world.work();
    expect(await getRun(airline, { runId: part.id })).toMatchObject({ status: "completed", power: null });
  });
});
