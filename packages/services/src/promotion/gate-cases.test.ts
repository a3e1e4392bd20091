import type { Case } from "@assay/core";
import { expect, it } from "vitest";
import { importDataset } from "../datasets/import-dataset.ts";
import { startRun } from "../evaluation/start-run.ts";
import { casesOf, type EvalWorld, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { listEvidence } from "./list-evidence.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf, servedVersion, standingOf } from "./testing/promotion-probes.ts";

const AT = { prompt: "triage", label: "production", suite: "triage-suite" };

async function* jsonLines(cases: readonly Case[]): AsyncGenerator<string> {
  for (const each of cases) yield `${JSON.stringify(each)}\n`;
}

/** The same keys and questions; every answer that a bad version gives is right. */
const EASY_CASES: Case[] = casesOf(60).map((each) => ({ ...each, expected: "wrong" }));

/** A good version holds the gated label; a bad one was measured on the gate's cases and refused. */
async function openGuarded(world: EvalWorld): Promise<{ good: number; bad: number }> {
  await setGate(world.airline, AT);
  const good = await world.addVersion("skill 0");
  await world.evaluate(good);
  await moveLabel(world.airline, { ...PRODUCTION, version: good });
  const bad = await world.addVersion("skill 60");
  await world.evaluate(bad);
  return { good, bad };
}

describeEachPlatform("the cases a gate asks for", (open) => {
  it("are not replaced by whoever may edit the dataset, and the refusal says which count and who can change it", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const { good, bad } = await openGuarded(world);
    const editor = callerWith(airline, { scopes: ["read", "use", "edit"] });
    await importDataset(editor, { dataset: "tickets", format: "jsonl", text: jsonLines(EASY_CASES) });

    const measured = clauseOf(
      await refusalOf(moveLabel(airline, { ...PRODUCTION, version: bad })),
      "minScore",
    );
    expect(measured).toMatchObject({ outcome: "fail", value: 0 });
    const fresh = await world.addVersion("skill 59");
    const run = await world.evaluate(fresh);
    expect(run).toMatchObject({ datasetVersion: 2, summary: { score: { mean: 59 / 60 } } });
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version: fresh }));
    const evidence = clauseOf(refusal, "evidence");
    expect(evidence).toMatchObject({ outcome: "fail" });
    expect(evidence?.message).toContain('asks for version 1 of dataset "tickets"');
    expect(evidence?.message).toContain(`run ${run.id} measured version 2`);
    expect(evidence?.message).toContain("assay gates set triage production --suite triage-suite");
    expect(await servedVersion(airline)).toBe(good);
    expect(await standingOf(airline)).toMatchObject({ kind: "proven" });
    const { items } = await listEvidence(airline, { prompt: "triage", version: fresh, limit: 10 });
    expect(items.map(({ isCurrent, changed }) => [isCurrent, changed])).toEqual([[false, ["dataset"]]]);
  });

  it("can still be measured once newer ones are there, together with the present version's run on them", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const { good } = await openGuarded(world);
    await world.importCases(70);
    await world.putSuite({ scorers: [{ type: "is-json", weight: 1, options: {} }] });
    const better = await world.addVersion("skill 1");
    const pins = { suiteVersion: 1, datasetVersion: 1 };
    const run = await startRun(airline, { suite: "triage-suite", version: better, ...pins });
    expect(run).toMatchObject({ ...pins, progress: { total: 60 } });
    await world.work();
    const { items } = await listEvidence(airline, { prompt: "triage", version: good, limit: 10 });
    expect(run.baselineRunId).toBe(items[0]?.runId);
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version: better }));
    expect(clauseOf(refusal, "evidence")).toMatchObject({ outcome: "pass" });
    expect(clauseOf(refusal, "noFlips")).toMatchObject({ outcome: "fail" });
  });

  it("are the same cases when a later version of the dataset holds the very same", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, AT);
    await world.importCases(70);
    await world.importCases(60);
    const version = await world.addVersion("skill 0");
    expect(await world.evaluate(version)).toMatchObject({ datasetVersion: 3 });
    expect(await moveLabel(airline, { ...PRODUCTION, version })).toMatchObject({ moved: true });
  });

  it("of a run are versions there are", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    for (const pins of [{ suiteVersion: 9 }, { datasetVersion: 9 }]) {
      const refusal = await refusalOf(startRun(world.airline, { suite: "triage-suite", ...pins }));
      expect(refusal).toMatchObject({ code: "not_found" });
    }
  });
});
