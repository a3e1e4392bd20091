import { once } from "node:events";
import { lockJobOfRun, updateJob } from "@assay/store";
import { expect, it } from "vitest";
import { cancelRun } from "../evaluation/cancel-run.ts";
import { executeNextRun } from "../evaluation/execute-next-run.ts";
import { getRun } from "../evaluation/get-run.ts";
import { listRunResults } from "../evaluation/list-run-results.ts";
import { startRun } from "../evaluation/start-run.ts";
import {
  answerBySkill,
  CASE_COUNT,
  caseNumberOf,
  type EvalWorld,
  openEvalWorld,
} from "../evaluation/testing/eval-world.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf } from "./testing/promotion-probes.ts";

const AT = { prompt: "triage", label: "production", suite: "triage-suite" };
const SEEN = 20;
const MEAN = {
  label: "production",
  minCases: 30,
  minScore: { score: 0.7, on: "mean" as const },
  maxErrors: 0,
  noFlips: [],
};

async function carryOut({ airline, work }: EvalWorld, draft: object) {
  const { id: runId } = await startRun(airline, { suite: "triage-suite", ...draft });
  await work();
  return await getRun(airline, { runId });
}

/** A run whose first cases are all wrong and which is cancelled for it. */
async function cancelBadly(world: EvalWorld, draft: object): Promise<number> {
  const { airline, test } = world;
  const { id: runId } = await startRun(airline, { suite: "triage-suite", concurrency: 1, ...draft });
  let asked = 0;
  const { generate } = test.platform.engine;
  test.platform.engine.answerWith(() => "wrong");
  test.platform.engine.generate = async function* (...request) {
    asked += 1;
    if (asked > SEEN) {
      // Once what was answered has been stored, as who watches the results sees it.
      for (;;) {
        const { items } = await listRunResults(airline, { runId, limit: 100 });
        if (items.length >= SEEN) break;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await cancelRun(airline, { runId });
      // No answer more: the run ends by its worker's seeing that, not by having got to the last case before.
      const { signal } = request[1];
      if (!signal.aborted) await once(signal, "abort");
    }
    yield* generate.apply(test.platform.engine, request);
  };
  const soon = {
    workerId: "worker",
    signal: new AbortController().signal,
    heartbeatMs: 20,
    cancelGraceMs: 20,
  };
  while (await executeNextRun(test.platform, soon));
  test.platform.engine.generate = generate;
  const ended = await getRun(airline, { runId });
  expect(ended.status).toBe("cancelled");
  return ended.progress.done;
}

function answerRightly({ test }: EvalWorld): void {
  test.platform.engine.answerWith((request) => `a${caseNumberOf(request)}`);
}

describeEachPlatform("a version whose model is asked again", (open) => {
  it.each(["never", "always"] as const)(
    "has no evidence in a run that asked anew after a run (reuse %s) that was cancelled, and keeps what that one was answered",
    async (reuse) => {
      await using world = await openEvalWorld(open);
      const { airline } = world;
      await world.putSuite({ gate: MEAN });
      await setGate(airline, AT);
      const version = await world.addVersion("coin");
      const seen = await cancelBadly(world, { version, reuse });
      expect(seen).toBeGreaterThanOrEqual(SEEN);

      answerRightly(world);
      const lucky = await carryOut(world, { version, reuse: "never" });
      expect(lucky).toMatchObject({ status: "completed", summary: { passed: CASE_COUNT } });
      const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
      const evidence = clauseOf(refusal, "evidence");
      expect(evidence).toMatchObject({ outcome: "fail" });
      expect(evidence?.message).toContain(`Run ${lucky.id} asked the model anew`);
      expect(evidence?.message).toContain("1 run of the same things ended before the last case");
      expect(evidence?.message).toContain("Run without --no-reuse");

      const honest = await carryOut(world, { version });
      expect(honest).toMatchObject({ reused: CASE_COUNT, summary: { passed: CASE_COUNT - seen } });
      const judged = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
      expect(clauseOf(judged, "minScore")).toMatchObject({ outcome: "fail" });
      expect(clauseOf(judged, "evidence")?.message).toContain(`Run ${honest.id}`);
      expect(clauseOf(judged, "evidence")?.message).toContain("1 run of the same things ended");
      // Nor is it laundered by scoring its outputs again.
      const again = await carryOut(world, { rescoreOf: lucky.id });
      expect(again.hashes.selection).not.toBeNull();
    },
  );

  it("has no evidence in a run that asked anew after a run of a part of the cases", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    await world.putSuite({ gate: MEAN });
    await setGate(airline, AT);
    const version = await world.addVersion("coin");
    test.platform.engine.answerWith(() => "wrong");
    await carryOut(world, { version, reuse: "never", selection: { shard: { index: 1, count: 1 } } });
    answerRightly(world);
    await carryOut(world, { version, reuse: "never" });
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "evidence")).toMatchObject({ outcome: "fail" });
  });

  it("has no evidence in a run that waited while one started later was seen and cancelled", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    await setGate(airline, AT);
    const version = await world.addVersion("coin");
    const waiting = await startRun(airline, { suite: "triage-suite", version, reuse: "never" });
    await airline.tenant.record(async (tx) => {
      const job = await lockJobOfRun(tx, waiting.id);
      const runAfter = new Date(test.platform.now().getTime() + 3_600_000);
      await updateJob(tx, job?.id ?? "", { runAfter });
    });
    await cancelBadly(world, { version, reuse: "never" });
    answerRightly(world);
    world.passMs(3_700_000);
    await world.work();
    expect(await getRun(airline, { runId: waiting.id })).toMatchObject({ status: "completed" });
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "evidence")).toMatchObject({ outcome: "fail" });
  });

  it("has evidence in a run that asked anew where nobody had seen an answer, and moves by it", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, AT);
    const version = await world.addVersion("skill 0");
    const unseen = await startRun(airline, { suite: "triage-suite", version, reuse: "never" });
    await cancelRun(airline, { runId: unseen.id });
    const run = await carryOut(world, { version, reuse: "never" });
    const { label } = await moveLabel(airline, { ...PRODUCTION, version });
    expect(label?.standing).toEqual({ kind: "proven", runId: run.id });
  });
});

describeEachPlatform("a version whose run stopped early by another policy", (open) => {
  it("is told to run all cases, and is then judged by the run that did", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    test.platform.engine.answerWith(answerBySkill);
    await world.importCases(400);
    const strict = { ...MEAN, minCases: 200, minScore: { score: 0.7, on: "lower" as const } };
    await world.putSuite({ gate: strict });
    const { suite } = AT;
    await setGate(airline, AT);
    const version = await world.addVersion("skill 0");
    await world.putSuite({ gate: { ...strict, minCases: 1, minScore: { score: 0.05, on: "lower" } } });
    const early = await carryOut(world, { suite, version, stopEarly: true, concurrency: 1 });
    expect(early).toMatchObject({ stoppedEarly: true, verdict: { outcome: "pass" } });

    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "minCases")).toMatchObject({ outcome: "inconclusive" });
    expect(clauseOf(refusal, "minCases")?.message).toContain("run all cases");
    expect(clauseOf(refusal, "evidence")?.message).toContain("a run of all cases takes its place");

    const full = await carryOut(world, { suite, suiteVersion: 2, version });
    expect(full).toMatchObject({ reused: early.progress.done });
    const { label } = await moveLabel(airline, { ...PRODUCTION, version });
    expect(label?.standing).toEqual({ kind: "proven", runId: full.id });
  });
});
