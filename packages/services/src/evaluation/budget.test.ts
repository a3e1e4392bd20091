import { LIMITS } from "@assay/core";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../promotion/testing/promotion-probes.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { addSharedModel } from "../registry/add-shared-model.ts";
import { contentOf, describeEachPlatform, streamOf, toyModel } from "../testing/index.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { RunBudget } from "./run-budget.ts";
import { startRun } from "./start-run.ts";
import { dyingPlatform } from "./testing/dying-platform.ts";
import { type EvalWorld, openEvalWorld } from "./testing/eval-world.ts";
import { openJudgedWorld } from "./testing/judged-world.ts";

const SUITE = { suite: "triage-suite" };
/** With the scripted engine's 3 and 2 tokens. */
const MICROS_PER_CASE = 3 + 2 * 2;

async function openPricedWorld(open: Parameters<typeof openEvalWorld>[0]): Promise<EvalWorld> {
  const world = await openEvalWorld(open);
  const price = { inputMicrosPerMillion: 1_000_000, outputMicrosPerMillion: 2_000_000 };
  const file = streamOf(toyModel({ width: 8, seed: 9 }));
  await addSharedModel(world.test.operator, { slug: "priced", file, ...price });
  const content = { ...contentOf("priced", "skill 0"), sampling: { maxTokens: 4 } };
  await addPromptVersion(world.airline, { prompt: "triage", content, dryRun: false });
  return world;
}

describeEachPlatform("a run with a budget", (open) => {
  it("ends before the call that it could not pay for, and a new run goes on with what it has", async () => {
    await using world = await openPricedWorld(open);
    const { airline, test } = world;
    const { id: runId } = await startRun(airline, { ...SUITE, budgetMicros: 200 });
    await world.work();
    const run = await getRun(airline, { runId });
    expect(run).toMatchObject({ status: "failed", verdict: null, budgetMicros: 200 });
    expect(run.spentMicros).toBe(run.progress.done * MICROS_PER_CASE);
    expect(run.spentMicros).toBe(test.platform.engine.calls.length * MICROS_PER_CASE);
    expect(run.spentMicros).toBeLessThanOrEqual(200);
    // It used what there was: no further case would have fitted.
    expect(run.spentMicros).toBeGreaterThan(100);
    expect(run.error).toContain(`it spent ${run.spentMicros}`);

    const { id: next } = await startRun(airline, { ...SUITE, budgetMicros: 100_000 });
    await world.work();
    const finished = await getRun(airline, { runId: next });
    expect(finished).toMatchObject({ status: "completed", reused: run.progress.done });
    expect(run.spentMicros + finished.spentMicros).toBe(60 * MICROS_PER_CASE);
    expect(finished.summary?.costMicros).toBe(60 * MICROS_PER_CASE);
  });

  it("counts what was spent before its worker was killed", async () => {
    await using world = await openPricedWorld(open);
    const { airline, test } = world;
    const { id: runId } = await startRun(airline, { ...SUITE, budgetMicros: 200, concurrency: 2 });
    const worker = { workerId: "w", signal: new AbortController().signal };
    const dying = executeNextRun(dyingPlatform(test.platform, { atWrite: 5, commits: true }), worker);
    await expect(dying).rejects.toThrow("the process is dead");
    world.passMs(LIMITS.jobLeaseMs + 1);
    await world.work();
    const run = await getRun(airline, { runId });
    expect(run.status).toBe("failed");
    // What was in flight when it died is paid for and not on the books.
    const inFlight = 2 * MICROS_PER_CASE;
    expect(test.platform.engine.calls.length * MICROS_PER_CASE).toBeLessThanOrEqual(200 + inFlight);
    expect(run.spentMicros).toBeGreaterThanOrEqual(run.progress.done * MICROS_PER_CASE - inFlight);
  });

  it("counts the answers that were paid for before their judge could not be", async () => {
    await using world = await openJudgedWorld(open);
    const { airline, test } = world;
    const price = { inputMicrosPerMillion: 1_000_000, outputMicrosPerMillion: 2_000_000 };
    const file = streamOf(toyModel({ width: 8, seed: 9 }));
    await addSharedModel(test.operator, { slug: "priced", file, ...price });
    const content = { ...contentOf("priced", "skill 0"), sampling: { maxTokens: 4 } };
    await addPromptVersion(airline, { prompt: "triage", content, dryRun: false });
    await world.putJudge("Be dear.", {}, "priced");
    // A judge's question may cost some 300, an answer some 40.
    for (const budgetMicros of [150, 600]) {
      const before = test.platform.engine.calls.length;
      const { id: runId } = await startRun(airline, { ...SUITE, budgetMicros, reuse: "never" });
      await world.work();
      const run = await getRun(airline, { runId });
      expect(run).toMatchObject({ status: "failed", verdict: null });
      const asked = test.platform.engine.calls.length - before;
      expect(asked).toBeGreaterThan(run.progress.done * 2);
      expect(run.spentMicros).toBe(asked * MICROS_PER_CASE);
      expect(run.spentMicros).toBeLessThanOrEqual(budgetMicros);
      expect(run.error).toContain(`it spent ${run.spentMicros}`);
    }
  });

  it.each([
    ["counts what its embeddings cost", { promptTokens: 10, completionTokens: 0 }],
    ["counts all that was reserved for embeddings without usage", undefined],
  ])("%s, and ends before those it could not pay for", async (_, usage) => {
    await using world = await openPricedWorld(open);
    const { airline, test } = world;
    await world.putSuite({ scorers: [{ type: "similarity", weight: 1, options: {} }] });
    const embed = test.platform.engine.embed.bind(test.platform.engine);
    let embedded = 0;
    let reservable = 0;
    test.platform.engine.embed = async (request, call) => {
      embedded += 1;
      reservable += request.texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      return { ...(await embed(request, call)), usage };
    };
    const { id: runId } = await startRun(airline, { ...SUITE, budgetMicros: 200, concurrency: 1 });
    await world.work();
    const run = await getRun(airline, { runId });
    expect(run).toMatchObject({ status: "failed", verdict: null });
    expect(embedded).toBeGreaterThan(0);
    const vectorMicros = usage === undefined ? reservable : embedded * 10;
    const asked = test.platform.engine.calls.length;
    expect(run.spentMicros).toBe(asked * MICROS_PER_CASE + vectorMicros);
  });

  it("is not carried out with embeddings of a model without a price", async () => {
    await using world = await openPricedWorld(open);
    const { airline } = world;
    await world.putSuite({ scorers: [{ type: "similarity", weight: 1, options: { model: "base" } }] });
    const { id: runId } = await startRun(airline, { ...SUITE, budgetMicros: 100_000 });
    await world.work();
    const run = await getRun(airline, { runId });
    expect(run).toMatchObject({ status: "failed" });
    expect(run.error).toContain('embedding model "base" has no price');
  });

  it("is refused while the model has no price", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const refusal = await refusalOf(startRun(world.airline, { ...SUITE, budgetMicros: 1_000 }));
    expect(refusal).toMatchObject({ code: "invalid_input" });
    expect(refusal.message).toContain("price");
  });
});

describe("a budget", () => {
  it("is never overspent with 64 in flight, and spent as far as whole calls go", async () => {
    const budget = new RunBudget(1_000, 0);
    let inFlight = 0;
    let mostInFlight = 0;
    let called = 0;
    const work = async () => {
      const share = budget.open();
      try {
        await budget.reserve(share, 13);
      } catch (error) {
        budget.settle(share);
        throw error;
      }
      called += 1;
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight -= 1;
      share.spentMicros = 7;
      budget.settle(share);
    };
    const workers = Array.from({ length: 64 }, async () => {
      for (;;) await work();
    });
    const endings = await Promise.allSettled(workers);
    expect(endings.every(({ status }) => status === "rejected")).toBe(true);
    expect(mostInFlight).toBe(64);
    // The last call needed 13 of what was left.
    expect(budget.spentMicros).toBe(called * 7);
    expect(budget.spentMicros).toBeGreaterThan(1_000 - 13);
    expect(budget.spentMicros).toBeLessThanOrEqual(1_000);
  });

  it("does not wait for ever when every case holds something and wants more", async () => {
    const budget = new RunBudget(20, 0);
    const shares = [budget.open(), budget.open()];
    for (const share of shares) await budget.reserve(share, 10);
    const wants = shares.map((share) => budget.reserve(share, 5));
    const endings = await Promise.allSettled(wants);
    expect(endings.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(budget.refusal?.message).toContain("budget of 20");
  });
});
