import type { Engine } from "@assay/core";
import { expect, it } from "vitest";
import { cancelRun } from "../evaluation/cancel-run.ts";
import { executeNextRun } from "../evaluation/execute-next-run.ts";
import { getRun } from "../evaluation/get-run.ts";
import { startRun } from "../evaluation/start-run.ts";
import { caseNumberOf, openEvalWorld, SPEC } from "../evaluation/testing/eval-world.ts";
import { putSuite } from "../registry/put-suite.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf } from "./testing/promotion-probes.ts";

const SEEN = 10;
const MEAN = {
  label: "production",
  minCases: 30,
  minScore: { score: 0.7, on: "mean" as const },
  maxErrors: 0,
  noFlips: [],
};

describeEachPlatform("a run beside another that was seen to be bad and was ended", (open) => {
  /** The other one was answered wrongly ten times; the lucky one completed beside it, and then the other was ended. */
  async function openLucky(suiteOfBad = "triage-suite") {
    const world = await openEvalWorld(open);
    const { airline, test, work } = world;
    await world.putSuite({ gate: MEAN });
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    await putSuite(airline, { suite: "peek", ...SPEC, passScore: 0.9, gate: undefined });
    const version = await world.addVersion("coin");
    const { engine } = test.platform;
    let asked = 0;
    const slow: Engine = {
      ...engine,
      async *generate(_request, { signal }) {
        asked += 1;
        if (asked > SEEN) {
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          const failure = { code: "cancelled", message: "-", retryable: false } as const;
          yield { type: "failed", failure, usage: undefined };
          return;
        }
        yield { type: "text", text: "wrong" };
        yield { type: "finish", reason: "stop", usage: undefined, queueWaitMs: 0 };
      },
    };
    const { id: badId } = await startRun(airline, { suite: suiteOfBad, version });
    const options = { workerId: "first", signal: new AbortController().signal, heartbeatMs: 20 };
    const bad = executeNextRun({ ...test.platform, engine: slow }, { ...options, cancelGraceMs: 20 });
    const seen = async () => (await getRun(airline, { runId: badId })).progress.done;
    await expect.poll(seen, { timeout: 30_000 }).toBe(SEEN);
    engine.answerWith((request) => `a${caseNumberOf(request)}`);
    const { id: luckyId } = await startRun(airline, { suite: "triage-suite", version });
    await work();
    expect(await getRun(airline, { runId: luckyId })).toMatchObject({ verdict: { outcome: "pass" } });
    const evidence = async () =>
      clauseOf(await refusalOf(moveLabel(airline, { ...PRODUCTION, version })), "evidence");
    const endBad = async () => {
      await cancelRun(airline, { runId: badId });
      await bad;
    };
    return { world, version, luckyId, evidence, endBad };
  }

  it("proves nothing when its outputs are scored again", async () => {
    const { world, luckyId, evidence, endBad } = await openLucky();
    await using _ = world;
    await endBad();
    expect(await evidence()).toMatchObject({ outcome: "fail" });
    await startRun(world.airline, { suite: "triage-suite", rescoreOf: luckyId });
    await world.work();
    expect(await evidence()).toMatchObject({ outcome: "fail" });
  });

  it("proves nothing when its outputs were scored again before the other, another suite's, was ended", async () => {
    const { world, luckyId, evidence, endBad } = await openLucky("peek");
    await using _ = world;
    await startRun(world.airline, { suite: "triage-suite", rescoreOf: luckyId });
    await world.work();
    await endBad();
    expect(await evidence()).toMatchObject({ outcome: "fail" });
  });

  it("proves nothing when a hundred more were begun and ended at once", async () => {
    const { world, version, evidence, endBad } = await openLucky();
    await using _ = world;
    await endBad();
    for (let count = 0; count < 100; count += 1) {
      const { id: runId } = await startRun(world.airline, { suite: "triage-suite", version });
      await cancelRun(world.airline, { runId });
    }
    expect(await evidence()).toMatchObject({ outcome: "fail" });
  });
});
