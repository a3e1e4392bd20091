import { invariant, type RunSelection } from "@assay/core";
import { expect, it } from "vitest";
import { refusalOf } from "../promotion/testing/promotion-probes.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { listRunResults } from "./list-run-results.ts";
import { startRun } from "./start-run.ts";
import { dyingPlatform } from "./testing/dying-platform.ts";
import { type EvalWorld, openEvalWorld } from "./testing/eval-world.ts";

const SUITE = { suite: "triage-suite" };

async function runPart(world: EvalWorld, selection: RunSelection) {
  const { id: runId } = await startRun(world.airline, { ...SUITE, selection });
  await world.work();
  const run = await getRun(world.airline, { runId });
  const { items } = await listRunResults(world.airline, { runId, limit: 200 });
  return { run, keys: items.map(({ caseKey }) => Number(caseKey.slice(5))) };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describeEachPlatform("a run of a part of the cases", (open) => {
  it("is of the cases with these keys or one of these tags, counts them right and has no verdict", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const tagged = await runPart(world, { tags: ["critical", "nothing"] });
    expect(tagged.keys).toEqual(numbers(0, 6));
    expect(tagged.run).toMatchObject({
      status: "completed",
      progress: { total: 6, done: 6 },
      summary: { cases: 6, scored: 6 },
      verdict: null,
      baselineRunId: null,
      selection: { tags: ["critical", "nothing"] },
    });
    expect(tagged.run.hashes.selection).not.toBeNull();
    const named = await runPart(world, { keys: ["case-59", "case-2"], tags: ["critical"] });
    expect(named.keys).toEqual([2]);
  });

  it("is of the cases that did not pass in another run", async () => {
    await using world = await openEvalWorld(open);
    const { id: failingIn } = await world.evaluate(await world.addVersion("skill 20"));
    await world.addVersion("skill 10");
    const { run, keys } = await runPart(world, { failingIn });
    expect(keys).toEqual(numbers(0, 20));
    expect(run.summary).toMatchObject({ cases: 20, passed: 10 });
  });

  it("is a sample that the seed chooses, the same each time, and shards that together are the whole", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const sample = (seed: number) => runPart(world, { sample: { cases: 20, seed } });
    const [one, again, other] = [await sample(1), await sample(1), await sample(2)];
    expect(one.keys).toHaveLength(20);
    expect(again.keys).toEqual(one.keys);
    expect(other.keys).not.toEqual(one.keys);

    const shards = [];
    for (const index of [1, 2, 3]) shards.push((await runPart(world, { shard: { index, count: 3 } })).keys);
    expect(shards.map(({ length }) => length)).toEqual([20, 20, 20]);
    expect(shards.flat().sort((a, b) => a - b)).toEqual(numbers(0, 60));
    const both = await runPart(world, { sample: { cases: 20, seed: 1 }, shard: { index: 2, count: 2 } });
    expect(both.keys).toEqual(one.keys.filter((_, index) => index % 2 === 1));
  });

  it("goes on with the same cases after its worker was killed", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const selection = { sample: { cases: 25, seed: 7 } };
    const { id: runId } = await startRun(world.airline, { ...SUITE, selection, concurrency: 4 });
    const worker = { workerId: "w", signal: new AbortController().signal, resultsPerGroupMax: 3 };
    const dying = executeNextRun(dyingPlatform(world.test.platform, { atWrite: 4, commits: true }), worker);
    await expect(dying).rejects.toThrow("the process is dead");
    world.passMs(1_000_000);
    await world.work();
    expect(await getRun(world.airline, { runId })).toMatchObject({
      status: "completed",
      summary: { cases: 25, scored: 25 },
    });
  });

  it("is refused without a case, with an unknown key, and of a run that goes on or is not the tenant's", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const refused = (selection: RunSelection) => refusalOf(startRun(world.airline, { ...SUITE, selection }));
    expect(await refused({ tags: ["nothing"] })).toMatchObject({ code: "invalid_input" });
    const unknown = await refused({ keys: ["case-1", "case-99"] });
    expect(unknown.message).toContain("case-99");
    const { id: failingIn } = await startRun(world.airline, SUITE);
    expect(await refused({ failingIn })).toMatchObject({ code: "conflict" });
    const foreign = startRun(world.bank, { ...SUITE, selection: { failingIn } });
    expect(await refusalOf(foreign)).toMatchObject({ code: "not_found" });
    invariant(failingIn !== "", "a run has an id");
  });
});
