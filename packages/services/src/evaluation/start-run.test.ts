import { expect, it } from "vitest";
import { moveLabel } from "../promotion/move-label.ts";
import { PRODUCTION, refusalOf } from "../promotion/testing/promotion-probes.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { startRun } from "./start-run.ts";
import { openEvalWorld } from "./testing/eval-world.ts";

const SUITE = { suite: "triage-suite" };

describeEachPlatform("a key confined to labels", (open) => {
  it("starts runs of what its labels mean, and of no version by number or as the latest", async () => {
    await using world = await openEvalWorld(open);
    const version = await world.addVersion("skill 0");
    await moveLabel(world.airline, { ...PRODUCTION, version });
    await world.addVersion("skill 1");
    const confined = callerWith(world.airline, { labels: ["production"] });
    for (const choice of [{ version: 1 }, { version: 2 }, {}, { label: "latest" }, { label: "staging" }]) {
      const refusal = await refusalOf(startRun(confined, { ...SUITE, ...choice }));
      expect(refusal).toMatchObject({ code: "scope_missing" });
    }
    expect(await startRun(confined, { ...SUITE, label: "production" })).toMatchObject({ promptVersion: 1 });
  });
});
