import { expect, it } from "vitest";
import type { Context } from "../context.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { contentOf, describeEachPlatform } from "../testing/index.ts";
import { AnswerMemory } from "./answer-memory.ts";
import { getRun } from "./get-run.ts";
import { listRunResults } from "./list-run-results.ts";
import { startRun } from "./start-run.ts";
import { caseNumberOf, type EvalWorld, furnishTenant, MODEL, openEvalWorld } from "./testing/eval-world.ts";

const SUITE = { suite: "triage-suite" };

async function runAgain(world: EvalWorld, draft: object = {}, context: Context = world.airline) {
  const { id: runId } = await startRun(context, { ...SUITE, ...draft });
  await world.work();
  return await getRun(context, { runId });
}

const callsOf = ({ test }: EvalWorld) => test.platform.engine.calls.length;

const answerOf = (text: string) => ({ text, toolCalls: [], reason: "stop" as const, latencyMs: 1 });

describeEachPlatform("an answer that was given before", (open) => {
  it("is used again by a run of the same things, which asks the model for nothing and comes to the same", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 20");
    const first = await runAgain(world);
    expect(callsOf(world)).toBe(60);
    const second = await runAgain(world);
    expect(callsOf(world)).toBe(60);
    expect(first).toMatchObject({ reused: 0 });
    expect(second).toMatchObject({ status: "completed", reused: 60, spentMicros: 0, summary: first.summary });
    const results = async (runId: string) =>
      (await listRunResults(world.airline, { runId, limit: 100 })).items.map((item) => ({
        ...item,
        reused: null,
      }));
    expect(await results(second.id)).toEqual(await results(first.id));
  });

  it("is asked for again when the run says so, and the first answer stays the one that is reused", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 20");
    const first = await runAgain(world);
    world.test.platform.engine.answerWith(() => "another");
    const fresh = await runAgain(world, { reuse: "never" });
    expect(fresh).toMatchObject({ reused: 0, summary: { passed: 0 } });
    expect(callsOf(world)).toBe(120);
    expect(await runAgain(world)).toMatchObject({ reused: 60, summary: first.summary });
  });

  it("is not used for another repeat, another version or another engine", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 20");
    await runAgain(world);
    await world.putSuite({ repeats: 2 });
    expect(await runAgain(world)).toMatchObject({ reused: 60, progress: { total: 120 } });
    await world.addVersion("skill 21");
    expect(await runAgain(world)).toMatchObject({ reused: 0 });
    world.test.platform.engineBuildOf = () => "another build";
    expect(await runAgain(world)).toMatchObject({ reused: 0 });
  });

  it("of one tenant is never another's, though both ask the very same", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    await furnishTenant(bank, 60);
    const version = { prompt: "triage", content: contentOf(MODEL, "skill 20"), dryRun: false };
    for (const context of [airline, bank]) await addPromptVersion(context, version);
    expect(await runAgain(world)).toMatchObject({ reused: 0 });
    expect(await runAgain(world, {}, bank)).toMatchObject({ reused: 0 });
    expect(callsOf(world)).toBe(120);
    expect(await runAgain(world, {}, bank)).toMatchObject({ reused: 60 });
  });

  it("is never an error: a run after one with failures asks for the failed cases alone", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const failure = { code: "invalid_request", message: "no", retryable: false } as const;
    world.test.platform.engine.answerWith((request) => {
      const number = caseNumberOf(request);
      return number % 10 === 3 ? [{ type: "failed", failure, usage: undefined }] : `a${number}`;
    });
    expect(await runAgain(world)).toMatchObject({ summary: { failed: 6, scored: 54 } });
    world.test.platform.engine.answerWith((request) => `a${caseNumberOf(request)}`);
    const before = callsOf(world);
    expect(await runAgain(world)).toMatchObject({
      reused: 54,
      summary: { failed: 0, scored: 60, passed: 60 },
    });
    expect(callsOf(world) - before).toBe(6);
  });

  it("is kept within the tenant's bounds, and what was used longest ago goes first", async () => {
    await using world = await openEvalWorld(open);
    const { tenant } = world.airline;
    let now = 0;
    const options = { mayRecall: true, now: () => new Date(now), answersMax: 3 };
    const keep = async (key: string, text = key) => {
      now += 2 * 60 * 60_000;
      const memory = new AnswerMemory(tenant, options);
      memory.keep(key, answerOf(text));
      await tenant.record((tx) => memory.store(tx));
    };
    const known = async (...keys: string[]) => {
      const memory = new AnswerMemory(tenant, options);
      const answers = await Promise.all(keys.map((key) => memory.recall(key)));
      await tenant.record((tx) => memory.store(tx));
      return answers.map((answer) => answer?.text ?? null);
    };
    for (const key of ["a", "b", "c"]) await keep(key);
    now += 2 * 60 * 60_000;
    expect(await known("a")).toEqual(["a"]);
    await keep("d");
    expect(await known("a", "b", "c", "d")).toEqual(["a", null, "c", "d"]);
    await keep("a", "another");
    expect(await known("a")).toEqual(["a"]);

    const foreign = new AnswerMemory(world.bank.tenant, options);
    expect(await foreign.recall("a")).toBeUndefined();
    const small = new AnswerMemory(tenant, { ...options, bytesMax: 200 });
    small.keep("large", answerOf("x".repeat(120)));
    now += 1;
    await tenant.record((tx) => small.store(tx));
    expect(await known("a", "c", "d", "large")).toEqual([null, null, null, "x".repeat(120)]);
  });
});
