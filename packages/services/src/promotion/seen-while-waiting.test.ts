import type { Engine, GenerateRequest } from "@assay/core";
import { lockJobOfRun, updateJob } from "@assay/store";
import { expect, it } from "vitest";
import { executeNextRun } from "../evaluation/execute-next-run.ts";
import { getRun } from "../evaluation/get-run.ts";
import { startRun } from "../evaluation/start-run.ts";
import { CASE_COUNT, caseNumberOf, openEvalWorld, SPEC } from "../evaluation/testing/eval-world.ts";
import { putSuite } from "../registry/put-suite.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf } from "./testing/promotion-probes.ts";

const GATED = { prompt: "triage", label: "production", suite: "triage-suite" };
const HOUR_MS = 3_600_000;
const MEAN = {
  label: "production",
  minCases: 30,
  minScore: { score: 0.7, on: "mean" as const },
  maxErrors: 0,
  noFlips: [],
};

const rightly = (request: GenerateRequest) => `a${caseNumberOf(request)}`;

describeEachPlatform(
  "a run that asks anew and waits while one queued after it is answered and seen",
  (open) => {
    it("proves nothing when it waited for its time", async () => {
      await using world = await openEvalWorld(open);
      const { airline, test } = world;
      const { engine } = test.platform;
      await world.putSuite({ gate: MEAN });
      await setGate(airline, GATED);
      const version = await world.addVersion("coin");
      const waiting = await startRun(airline, { suite: "triage-suite", version, reuse: "never" });
      await airline.tenant.record(async (tx) => {
        const job = await lockJobOfRun(tx, waiting.id);
        const runAfter = new Date(test.platform.now().getTime() + HOUR_MS);
        await updateJob(tx, job?.id ?? "", { runAfter });
      });
      engine.answerWith(() => "wrong");
      const { id: seenId } = await startRun(airline, { suite: "triage-suite", version });
      await world.work();
      expect(await getRun(airline, { runId: seenId })).toMatchObject({ verdict: { outcome: "fail" } });
      engine.answerWith(rightly);
      world.passMs(2 * HOUR_MS);
      await world.work();
      expect(await getRun(airline, { runId: waiting.id })).toMatchObject({ verdict: { outcome: "pass" } });
      expect(await refusalOf(moveLabel(airline, { ...PRODUCTION, version }))).toMatchObject({
        code: "gate_refused",
      });
    });

    it("proves nothing when it waited for its baseline, and the other was another suite's", async () => {
      await using world = await openEvalWorld(open);
      const { airline, test } = world;
      const { engine } = test.platform;
      const incumbent = await world.addVersion("skill 0");
      await moveLabel(airline, { ...PRODUCTION, version: incumbent });
      await world.putSuite({ gate: MEAN });
      await setGate(airline, GATED);
      await putSuite(airline, { suite: "peek", ...SPEC, gate: undefined });
      const version = await world.addVersion("coin");
      const draft = { suite: "triage-suite", version, reuse: "never" as const, concurrency: 1 };
      const waiting = await startRun(airline, draft);
      const isLet = Promise.withResolvers<void>();
      const slow: Engine = {
        ...engine,
        async *generate(request) {
          await isLet.promise;
          yield { type: "text", text: rightly(request) };
          yield { type: "finish", reason: "stop", usage: undefined, queueWaitMs: 0 };
        },
      };
      const options = { workerId: "first", signal: new AbortController().signal };
      const baseline = executeNextRun({ ...test.platform, engine: slow }, options);
      const baselineId = waiting.baselineRunId ?? "";
      const statusOfBaseline = async () => (await getRun(airline, { runId: baselineId })).status;
      await expect.poll(statusOfBaseline, { timeout: 30_000 }).toBe("running");
      engine.answerWith(() => "wrong");
      const { id: seenId } = await startRun(airline, { suite: "peek", version });
      await world.work();
      expect(await getRun(airline, { runId: seenId })).toMatchObject({ summary: { passed: 0 } });
      engine.answerWith(rightly);
      isLet.resolve();
      await baseline;
      await world.work();
      expect(await getRun(airline, { runId: waiting.id })).toMatchObject({
        reused: 0,
        summary: { passed: CASE_COUNT },
      });
      const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
      expect(clauseOf(refusal, "evidence")).toMatchObject({ outcome: "fail" });
    });
  },
);
