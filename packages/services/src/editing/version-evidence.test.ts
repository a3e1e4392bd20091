import { expect, it } from "vitest";
import { startRun } from "../evaluation/start-run.ts";
import { type EvalWorld, openEvalWorld, SPEC } from "../evaluation/testing/eval-world.ts";
import { putSuite } from "../registry/put-suite.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { listPromptTimeline } from "./list-prompt-timeline.ts";

const PARTS = 6;

const evidenceOf = async (world: EvalWorld) =>
  (await listPromptTimeline(world.airline, { prompt: "triage", limit: 1 })).items[0]?.evidence;

describeEachPlatform("how far a version is proven", (open) => {
  it("does not rest on runs of a part of the cases, however many came after", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const version = await world.addVersion("skill 0");
    const suite = "triage-suite";
    await startRun(airline, { suite, version, selection: { tags: ["critical"] } });
    await world.work();
    expect(await evidenceOf(world)).toBeNull();
    const whole = await world.evaluate(version);
    for (let part = 0; part < PARTS; part += 1) {
      await startRun(airline, { suite, version, selection: { tags: ["critical"] } });
      await world.work();
    }
    expect(await evidenceOf(world)).toMatchObject({ runId: whole.id, state: "proven", cases: 60 });
  });

  it("rests on a run that counts today rather than on a newer one that no longer does", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const { gate: _, ...spec } = SPEC;
    await putSuite(airline, { suite: "lasting", ...spec });
    await putSuite(airline, { suite: "changing", ...spec });
    const version = await world.addVersion("skill 0");
    const lasting = await startRun(airline, { suite: "lasting", version });
    const changing = await startRun(airline, { suite: "changing", version });
    await world.work();
    expect(await evidenceOf(world)).toMatchObject({ runId: changing.id, state: "measured" });
    await putSuite(airline, { suite: "changing", ...spec, passScore: 0.5, repeats: 2 });
    expect(await evidenceOf(world)).toMatchObject({ runId: lasting.id, state: "measured", suite: "lasting" });
  });
});
