import type { GenerateEvent } from "@assay/core";
import { listVerdictsOfRuns } from "@assay/store";
import { expect, it } from "vitest";
import { moveLabel } from "../promotion/move-label.ts";
import { setGate } from "../promotion/set-gate.ts";
import { PRODUCTION } from "../promotion/testing/promotion-probes.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { getRun } from "./get-run.ts";
import { startRun } from "./start-run.ts";
import { answerBySkill, type EvalWorld, openEvalWorld } from "./testing/eval-world.ts";

const SUITE = { suite: "triage-suite" };
const CASES = 200;
const DOWN: GenerateEvent[] = [
  {
    type: "failed",
    failure: { code: "invalid_request", message: "The provider is down.", retryable: false },
    usage: undefined,
  },
];

/** A world whose label holds a version that was measured by a run that stopped early, and by no other. */
async function openWithEarlyIncumbent(open: Parameters<typeof openEvalWorld>[0]) {
  const world = await openEvalWorld(open);
  await world.importCases(CASES);
  const minScore = { score: 0.7, on: "lower" as const };
  await world.putSuite({ gate: { label: "production", minCases: 30, minScore, maxErrors: 0, noFlips: [] } });
  const incumbent = await world.addVersion("skill 0");
  const { id: runId } = await startRun(world.airline, { ...SUITE, version: incumbent, stopEarly: true });
  await world.work();
  const early = await getRun(world.airline, { runId });
  expect(early).toMatchObject({ status: "completed", stoppedEarly: true });
  await moveLabel(world.airline, { ...PRODUCTION, version: incumbent });
  return { world, incumbent, early };
}

async function incumbentRunOf({ airline }: EvalWorld, runId: string): Promise<string | null | undefined> {
  const verdicts = await airline.tenant.read((tx) => listVerdictsOfRuns(tx, [runId]));
  return verdicts.get(runId)?.[0]?.incumbentRunId;
}

describeEachPlatform("an incumbent that was measured by a run that stopped early", (open) => {
  it("is measured in full before others are compared with it, once", async () => {
    const { world, incumbent, early } = await openWithEarlyIncumbent(open);
    await using _ = world;
    const run = await startRun(world.airline, { ...SUITE, version: await world.addVersion("skill 1") });
    expect(run.baselineRunId).not.toBe(early.id);
    await world.work();
    expect(await getRun(world.airline, { runId: run.baselineRunId ?? "" })).toMatchObject({
      promptVersion: incumbent,
      stopEarly: false,
      summary: { cases: CASES },
      // What the early run asked is not asked again.
      reused: early.progress.done,
    });
    expect(await incumbentRunOf(world, run.id)).toBe(run.baselineRunId);
    const next = await startRun(world.airline, { ...SUITE, version: await world.addVersion("skill 2") });
    expect(next.baselineRunId).toBe(run.baselineRunId);
  });

  it("does not wait for another run of it that may stop early as well", async () => {
    const { world, incumbent } = await openWithEarlyIncumbent(open);
    await using _ = world;
    const again = await startRun(world.airline, { ...SUITE, version: incumbent, stopEarly: true });
    const run = await startRun(world.airline, { ...SUITE, version: await world.addVersion("skill 1") });
    expect(run.baselineRunId).not.toBe(again.id);
    expect(await getRun(world.airline, { runId: run.baselineRunId ?? "" })).toMatchObject({
      stopEarly: false,
    });
  });

  it("keeps its label by that run, as does a candidate that stopped early", async () => {
    const { world } = await openWithEarlyIncumbent(open);
    await using _ = world;
    const version = await world.addVersion("skill 1");
    const { id: runId } = await startRun(world.airline, { ...SUITE, version, stopEarly: true });
    await world.work();
    expect(await getRun(world.airline, { runId })).toMatchObject({
      stoppedEarly: true,
      verdict: { outcome: "pass" },
    });
    expect(await moveLabel(world.airline, { ...PRODUCTION, version })).toBeDefined();
  });
});

describeEachPlatform("an incumbent whose run errors spoiled", (open) => {
  it("is no baseline: nothing could flip against it, and the label does not move", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    const minScore = { score: 0.7, on: "mean" as const };
    const policy = { label: "production", minCases: 30, minScore, maxErrors: 0, noFlips: ["critical"] };
    await world.putSuite({ gate: policy });
    const incumbent = await world.addVersion("skill 0");
    await moveLabel(airline, { ...PRODUCTION, version: incumbent });
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    test.platform.engine.answerWith((request) => {
      const system = "messages" in request.input ? String(request.input.messages[0]?.content) : "";
      return system === "skill 0" ? DOWN : answerBySkill(request);
    });
    const version = await world.addVersion("skill 6");
    const { verdict } = await world.evaluate(version);
    expect(verdict?.clauses).toContainEqual(
      expect.objectContaining({ clause: "noFlips", outcome: "inconclusive" }),
    );
    const move = moveLabel(airline, { ...PRODUCTION, version });
    await expect(move).rejects.toMatchObject({ code: "gate_refused" });
  });
});
