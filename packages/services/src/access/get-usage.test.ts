import { expect, it } from "vitest";
import { startRun } from "../evaluation/start-run.ts";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { getUsage } from "./get-usage.ts";

describeEachPlatform("usage", (open) => {
  it("counts what a tenant's runs asked for, once, and nothing of another tenant's", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    const version = await world.addVersion("skill 20");
    await world.evaluate(version);
    const row = {
      kind: "evaluation",
      keyId: airline.caller.keyId,
      prompt: "triage",
      promptVersion: version,
      model: "base",
      requests: 60,
      failedRequests: 0,
      promptTokens: 180,
      // The model has no price: unknown is not zero.
      costMicros: null,
      unpricedRequests: 60,
    };
    expect((await getUsage(airline, {})).rows).toMatchObject([row]);
    const again = await world.evaluate(version);
    expect(again.reused).toBe(60);
    const rescored = await startRun(airline, { suite: "triage-suite", rescoreOf: again.id });
    await world.work();
    expect(rescored.rescoreOf).toBe(again.id);
    expect((await getUsage(airline, {})).rows).toMatchObject([row]);
    expect((await getUsage(bank, {})).rows).toEqual([]);
  });

  it("is of the period in which a run was started, and of the prompts a key may see", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.evaluate(await world.addVersion("skill 20"));
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect((await getUsage(airline, { since: tomorrow })).rows).toEqual([]);
    expect((await getUsage(airline, { until: tomorrow })).rows).toHaveLength(1);
    expect((await getUsage(callerWith(airline, { prompts: ["other"] }), {})).rows).toEqual([]);
  });
});
