import { expect, it } from "vitest";
import { startRun } from "../evaluation/start-run.ts";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { openTeam } from "../promotion/testing/open-team.ts";
import { PRODUCTION } from "../promotion/testing/promotion-probes.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { listPromptOverviews } from "./list-prompt-overviews.ts";

const PAGE = { limit: 10 };

describeEachPlatform("prompts at a glance", (open) => {
  it("are as good as the version in production, also where no gate asked for evidence", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const first = await world.addVersion("skill 30");
    const second = await world.addVersion("skill 0");
    await moveLabel(airline, { ...PRODUCTION, version: first });
    world.passMs(1000);
    await moveLabel(airline, { ...PRODUCTION, label: "aa-newer", version: second });
    const quality = async () => (await listPromptOverviews(airline, PAGE)).items[0]?.quality;
    expect(await quality()).toBeNull();
    await startRun(airline, { suite: "triage-suite", version: first, selection: { tags: ["critical"] } });
    await world.work();
    expect(await quality()).toBeNull();
    const run = await world.evaluate(first);
    await world.evaluate(second);
    await startRun(airline, { suite: "triage-suite", version: first, selection: { tags: ["critical"] } });
    await world.work();
    expect(await quality()).toMatchObject({
      label: "production",
      version: first,
      runId: run.id,
      score: { mean: 0.5 },
      isEvidence: false,
    });
  });

  it("count the change requests that wait", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const { propose } = await openTeam(world);
    const live = async () => (await listPromptOverviews(airline, PAGE)).items[0]?.liveChanges;
    expect(await live()).toBe(0);
    await propose();
    expect(await live()).toBe(1);
  });
});
