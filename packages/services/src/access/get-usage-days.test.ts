import { DAY_MS } from "@assay/core";
import { expect, it } from "vitest";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { callerWith, describeEachPlatform, serveRequests, stopClock } from "../testing/index.ts";
import { getUsageDays } from "./get-usage-days.ts";

describeEachPlatform("usage by day", (open) => {
  it("sums requests of a day by what is asked for, and nothing of another tenant's", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    stopClock(airline);
    const yesterday = new Date(airline.platform.now().getTime() - DAY_MS);
    const old = new Date(airline.platform.now().getTime() - 9 * DAY_MS);
    await serveRequests(airline, [
      {},
      { model: "other", status: "failed" },
      { createdAt: yesterday },
      { createdAt: old },
    ]);

    const byModel = await getUsageDays(airline, { by: "model", days: 7 });
    expect(byModel.days).toHaveLength(7);
    const today = byModel.days.at(-1);
    expect(
      byModel.rows.toSorted((a, b) => `${a.day}${a.group}`.localeCompare(`${b.day}${b.group}`)),
    ).toMatchObject([
      { day: byModel.days.at(-2), group: "base", requests: 1 },
      { day: today, group: "base", requests: 1, failedRequests: 0, tokens: 5, costMicros: 10 },
      { day: today, group: "other", requests: 1, failedRequests: 1 },
    ]);
    const byPrompt = await getUsageDays(airline, { by: "prompt", days: 1 });
    expect(byPrompt.rows).toMatchObject([{ day: today, group: "triage", requests: 2 }]);
    const byKey = await getUsageDays(airline, { by: "key", days: 1 });
    expect(byKey.rows).toMatchObject([{ group: airline.caller.keyId, requests: 2 }]);
    expect((await getUsageDays(bank, { by: "model", days: 30 })).rows).toEqual([]);
  });

  it("has no cost on a day on which one request's price was unknown", async () => {
    await using world = await openEvalWorld(open);
    stopClock(world.airline);
    await serveRequests(world.airline, [{}, { costMicros: null }]);
    const { rows } = await getUsageDays(world.airline, { by: "model", days: 1 });
    expect(rows).toMatchObject([{ requests: 2, costMicros: null, unpricedRequests: 1 }]);
  });

  it("shows a confined key the prompts it may see", async () => {
    await using world = await openEvalWorld(open);
    stopClock(world.airline);
    await serveRequests(world.airline, [{}, { promptId: null }]);
    const confined = callerWith(world.airline, { prompts: ["triage"] });
    expect((await getUsageDays(confined, { by: "model", days: 1 })).rows).toMatchObject([{ requests: 1 }]);
    const other = callerWith(world.airline, { prompts: ["other"] });
    expect((await getUsageDays(other, { by: "model", days: 1 })).rows).toEqual([]);
  });
});
