import { insertTrace, newId, type TraceInsert } from "@assay/store";
import { expect, it } from "vitest";
import type { Context } from "../context.ts";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { getUsageDays } from "./get-usage-days.ts";

const DAY_MS = 86_400_000;

async function serve(context: Context, requests: readonly Partial<TraceInsert>[]): Promise<void> {
  await context.tenant.write(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, "triage");
    for (const request of requests) {
      await insertTrace(tx, {
        id: newId("trace"),
        keyId: context.caller.keyId,
        promptId,
        promptVersionId: null,
        model: "base",
        adapterSha256: null,
        status: "completed",
        failureCode: null,
        promptTokens: 2,
        completionTokens: 3,
        costMicros: 10,
        latencyMs: 100,
        createdAt: context.platform.now(),
        ...request,
      });
    }
    await tx.audit({ actor: "test", action: "test", object: "test" });
  });
}

describeEachPlatform("usage by day", (open) => {
  it("sums requests of a day by what is asked for, and nothing of another tenant's", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    const yesterday = new Date(airline.platform.now().getTime() - DAY_MS);
    const old = new Date(airline.platform.now().getTime() - 9 * DAY_MS);
    await serve(airline, [
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
    await serve(world.airline, [{}, { costMicros: null }]);
    const { rows } = await getUsageDays(world.airline, { by: "model", days: 1 });
    expect(rows).toMatchObject([{ requests: 2, costMicros: null, unpricedRequests: 1 }]);
  });

  it("shows a confined key the prompts it may see", async () => {
    await using world = await openEvalWorld(open);
    await serve(world.airline, [{}, { promptId: null }]);
    const confined = callerWith(world.airline, { prompts: ["triage"] });
    expect((await getUsageDays(confined, { by: "model", days: 1 })).rows).toMatchObject([{ requests: 1 }]);
    const other = callerWith(world.airline, { prompts: ["other"] });
    expect((await getUsageDays(other, { by: "model", days: 1 })).rows).toEqual([]);
  });
});
