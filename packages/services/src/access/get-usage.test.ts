import { DAY_MS } from "@assay/core";
import { expect, it } from "vitest";
import { getPromptTraffic } from "../editing/get-prompt-traffic.ts";
import { startRun } from "../evaluation/start-run.ts";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { getTraffic } from "../overview/get-traffic.ts";
import { callerWith, describeEachPlatform, serveRequests, stopClock } from "../testing/index.ts";
import { getUsage } from "./get-usage.ts";
import { getUsageDays } from "./get-usage-days.ts";
import { listTenantUsage } from "./list-tenant-usage.ts";

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
    const tomorrow = new Date(Date.now() + DAY_MS).toISOString();
    expect((await getUsage(airline, { since: tomorrow })).rows).toEqual([]);
    expect((await getUsage(airline, { until: tomorrow })).rows).toHaveLength(1);
    expect((await getUsage(callerWith(airline, { prompts: ["other"] }), {})).rows).toEqual([]);
  });

  it("says the same of the same requests wherever it is asked", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    stopClock(airline);
    /** What every place says of the requests so far, in one form. */
    const everywhere = async () => {
      const { rows } = await getUsage(airline, {});
      const operator = { platform: airline.platform, operatorId: "test", requestId: "test" };
      const tenants = await listTenantUsage(operator, { limit: 25, days: 1 });
      const [traffic] = (await getTraffic(airline, {})).items;
      const said = [
        rows.find(({ kind }) => kind === "served"),
        tenants.items.find(({ tenant }) => tenant.slug === "airline")?.served,
        (await getUsageDays(airline, { by: "model", days: 1 })).rows[0],
        (await getPromptTraffic(airline, { prompt: "triage", days: 1 })).rows[0],
        traffic?.days[0],
      ];
      return said.map((one) => one && [one.requests, one.failedRequests, one.costMicros]);
    };
    await serveRequests(airline, [
      {},
      // Refused before a token was counted: nothing is owed for it.
      { status: "failed", promptTokens: null, completionTokens: null, costMicros: null },
      { source: "playground", costMicros: 7 },
    ]);
    expect(await everywhere()).toEqual(Array.from({ length: 5 }, () => [2, 1, 10]));
    expect((await getUsage(airline, {})).rows).toContainEqual(
      expect.objectContaining({ kind: "playground", requests: 1, costMicros: 7 }),
    );
    // Tokens were counted, and what they cost is not known.
    await serveRequests(airline, [{ status: "cancelled", costMicros: null }]);
    expect(await everywhere()).toEqual(Array.from({ length: 5 }, () => [3, 2, null]));
  });
});
