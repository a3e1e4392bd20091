import { expect, it } from "vitest";
import { refusalOf } from "../promotion/testing/promotion-probes.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { getRun } from "./get-run.ts";
import { listRunResults } from "./list-run-results.ts";
import { startRun } from "./start-run.ts";
import { caseNumberOf, type EvalWorld, furnishTenant, GATE, openEvalWorld } from "./testing/eval-world.ts";

const SUITE = { suite: "triage-suite" };

async function carryOut(world: EvalWorld, draft: object) {
  const { id: runId } = await startRun(world.airline, { ...SUITE, ...draft });
  await world.work();
  return await getRun(world.airline, { runId });
}

describeEachPlatform("a run that scores stored outputs again", (open) => {
  it("asks no model, keeps time and cost of the answers, and leaves failed cases failed", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 20");
    const failure = { code: "invalid_request", message: "no", retryable: false } as const;
    world.test.platform.engine.answerWith((request) => {
      const number = caseNumberOf(request);
      return number === 7 ? [{ type: "failed", failure, usage: undefined }] : `a${number} and more`;
    });
    const source = await carryOut(world, {});
    expect(source.summary).toMatchObject({ passed: 0, failed: 1 });
    const asked = world.test.platform.engine.calls.length;

    await world.putSuite({ scorers: [{ type: "is-json", negate: true, weight: 1, options: {} }] });
    const run = await carryOut(world, { rescoreOf: source.id });
    expect(world.test.platform.engine.calls).toHaveLength(asked);
    expect(run).toMatchObject({ status: "completed", rescoreOf: source.id, suiteVersion: 2, spentMicros: 0 });
    expect(run.summary).toMatchObject({ passed: 59, failed: 1, promptTokens: source.summary?.promptTokens });
    const timesOf = async (runId: string) =>
      (await listRunResults(world.airline, { runId, limit: 200 })).items.map(({ latencyMs }) => latencyMs);
    expect(await timesOf(run.id)).toEqual(await timesOf(source.id));
  });

  it("is evidence while what made the outputs is what would make them today, and not after", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const source = await carryOut(world, {});
    await world.putSuite({ passScore: 0.5, gate: GATE });
    const run = await carryOut(world, { rescoreOf: source.id });
    expect(run).toMatchObject({ verdict: { outcome: "pass" }, hashes: { selection: null } });
    world.test.platform.engineBuildOf = () => "another build";
    const later = await carryOut(world, { rescoreOf: source.id });
    expect(later.hashes.engineBuild).toBe(source.hashes.engineBuild);
    expect(later).toMatchObject({ status: "completed" });
  });

  it("is no evidence when the outputs are not the first that the version gave", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 60");
    await carryOut(world, {});
    world.test.platform.engine.answerWith((request) => `a${caseNumberOf(request)}`);
    const lucky = await carryOut(world, { reuse: "never" });
    expect(lucky.summary).toMatchObject({ passed: 60 });
    await world.putSuite({ passScore: 0.5, gate: GATE });
    const run = await carryOut(world, { rescoreOf: lucky.id });
    expect(run).toMatchObject({ status: "completed", summary: { passed: 60 }, verdict: null });
    expect(run.hashes.selection).not.toBeNull();
  });

  it("is refused for another version, other cases, more repeats, an unfinished run and another tenant", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.addVersion("skill 20");
    const { id: rescoreOf } = await carryOut(world, {});
    await world.addVersion("skill 21");
    const refused = (draft: object) => refusalOf(startRun(airline, { ...SUITE, rescoreOf, ...draft }));
    expect(await refused({ version: 2 })).toMatchObject({ code: "invalid_input" });
    await world.importCases(10);
    expect(await refused({ datasetVersion: 2 })).toMatchObject({ code: "invalid_input" });
    expect(await refused({ selection: { tags: ["critical"] } })).toMatchObject({ code: "invalid_input" });
    await world.putSuite({ repeats: 2 });
    expect(await refused({})).toMatchObject({ code: "invalid_input" });
    const { id: waiting } = await startRun(airline, SUITE);
    expect(await refused({ rescoreOf: waiting })).toMatchObject({ code: "conflict" });
    await furnishTenant(world.bank, 5);
    expect(await refusalOf(startRun(world.bank, { ...SUITE, rescoreOf }))).toMatchObject({
      code: "not_found",
    });
    const confined = callerWith(airline, { prompts: ["other"] });
    expect(await refusalOf(startRun(confined, { ...SUITE, rescoreOf }))).toMatchObject({
      code: "scope_missing",
    });
  });
});
