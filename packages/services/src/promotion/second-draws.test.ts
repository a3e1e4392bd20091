import type { Engine, GenerateEvent, Run } from "@assay/core";
import { expect, it } from "vitest";
import { importDataset } from "../datasets/import-dataset.ts";
import { cancelRun } from "../evaluation/cancel-run.ts";
import { executeNextRun } from "../evaluation/execute-next-run.ts";
import { getRun } from "../evaluation/get-run.ts";
import { startRun } from "../evaluation/start-run.ts";
import {
  CASE_COUNT,
  caseNumberOf,
  casesOf,
  type EvalWorld,
  openEvalWorld,
  SPEC,
} from "../evaluation/testing/eval-world.ts";
import { putSuite } from "../registry/put-suite.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf } from "./testing/promotion-probes.ts";

const MEAN = {
  label: "production",
  minCases: 30,
  minScore: { score: 0.7, on: "mean" as const },
  maxErrors: 0,
  noFlips: [],
};

describeEachPlatform("a version that is drawn a second time", (open) => {
  async function openGated() {
    const world = await openEvalWorld(open);
    await world.putSuite({ gate: MEAN });
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    return { world, version: await world.addVersion("coin") };
  }

  /** The gate's cases and one more, so that it is another dataset. */
  async function copyDataset({ airline }: EvalWorld): Promise<void> {
    const text = async function* () {
      for (const one of casesOf(CASE_COUNT + 1)) yield `${JSON.stringify(one)}\n`;
    };
    await importDataset(airline, { dataset: "copy", create: "true", format: "jsonl", text: text() });
  }

  async function run(world: EvalWorld, draft: Parameters<typeof startRun>[1]): Promise<Run> {
    const { id } = await startRun(world.airline, draft);
    await world.work();
    return await getRun(world.airline, { runId: id });
  }

  const evidenceOf = async ({ airline }: EvalWorld, version: number) =>
    clauseOf(await refusalOf(moveLabel(airline, { ...PRODUCTION, version })), "evidence");

  it("is not proven by asking anew what a copy of the dataset has asked", async () => {
    const { world, version } = await openGated();
    await using _ = world;
    await copyDataset(world);
    await putSuite(world.airline, { suite: "peek", ...SPEC, gate: undefined, dataset: "copy" });
    world.test.platform.engine.answerWith(() => "wrong");
    await run(world, { suite: "peek", version });
    world.test.platform.engine.answerWith((request) => `a${caseNumberOf(request)}`);
    const { verdict } = await run(world, { suite: "triage-suite", version, reuse: "never" });
    expect(verdict?.outcome).toBe("pass");
    expect(await evidenceOf(world, version)).toMatchObject({ outcome: "fail" });
  });

  it("is not proven by scoring again what was asked together with log probabilities", async () => {
    const { world, version } = await openGated();
    await using _ = world;
    const scorers = [...SPEC.scorers, { type: "perplexity", weight: 0, options: { max: 100 } }];
    await putSuite(world.airline, { suite: "own", ...SPEC, scorers, gate: undefined });
    world.test.platform.engine.answerWith((request) => `a${caseNumberOf(request)}`);
    const own = await run(world, { suite: "own", version });
    await run(world, { suite: "triage-suite", rescoreOf: own.id });
    expect(await evidenceOf(world, version)).toMatchObject({ outcome: "fail" });
  });

  it("is not proven by errors that are asked again until none is left", async () => {
    const { world, version } = await openGated();
    await using _ = world;
    let asked = 0;
    world.test.platform.engine.answerWith((request) => {
      asked += 1;
      const failure = { code: "upstream_error", message: "filtered", retryable: false } as const;
      const failed: GenerateEvent = { type: "failed", failure, usage: undefined };
      if (asked % 2 === 0) return [failed];
      return `a${caseNumberOf(request)}`;
    });
    let failed = Number.NaN;
    while (failed !== 0) {
      const { summary } = await run(world, { suite: "triage-suite", version });
      failed = summary?.failed ?? 0;
    }
    const refusal = await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version }));
    expect(refusal.code).toBe("gate_refused");
  });

  it("is not proven by one of two runs side by side, of which the other was ended", async () => {
    const { world, version } = await openGated();
    await using _ = world;
    const { airline, test } = world;
    const { engine } = test.platform;
    // Ten cases are answered, wrongly; the others wait for whoever ends the run.
    let asked = 0;
    const slow: Engine = {
      ...engine,
      async *generate(_request, { signal }) {
        asked += 1;
        if (asked > 10) {
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          const failure = { code: "cancelled", message: "-", retryable: false } as const;
          yield { type: "failed", failure, usage: undefined };
          return;
        }
        yield { type: "text", text: "wrong" };
        yield { type: "finish", reason: "stop", usage: undefined, queueWaitMs: 0 };
      },
    };
    const bad = await startRun(airline, { suite: "triage-suite", version });
    const options = { workerId: "first", signal: new AbortController().signal, heartbeatMs: 20 };
    const first = executeNextRun({ ...test.platform, engine: slow }, { ...options, cancelGraceMs: 20 });
    const seen = async () => (await getRun(airline, { runId: bad.id })).progress.done;
    await expect.poll(seen, { timeout: 30_000 }).toBe(10);
    engine.answerWith((request) => `a${caseNumberOf(request)}`);
    const lucky = await run(world, { suite: "triage-suite", version });
    expect(lucky).toMatchObject({ status: "completed", verdict: { outcome: "pass" } });
    expect(await evidenceOf(world, version)).toMatchObject({ outcome: "fail" });
    await cancelRun(airline, { runId: bad.id });
    await first;
    expect(await evidenceOf(world, version)).toMatchObject({ outcome: "fail" });
    // A run after both is given what was answered first, and decides.
    const after = await run(world, { suite: "triage-suite", version });
    expect(after).toMatchObject({ reused: CASE_COUNT, summary: { passed: CASE_COUNT - 10 } });
    expect(await moveLabel(airline, { ...PRODUCTION, version })).toMatchObject({ moved: true });
  });
});
