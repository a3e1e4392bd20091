import { expect, it } from "vitest";
import { moveLabel } from "../promotion/move-label.ts";
import { refusalOf } from "../promotion/testing/promotion-probes.ts";
import { listSuiteVersions } from "../registry/list-suite-versions.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { getRunBreakdown } from "./get-run-breakdown.ts";
import { getRunCase } from "./get-run-case.ts";
import { listRunResults } from "./list-run-results.ts";
import { listRuns } from "./list-runs.ts";
import { planRun } from "./plan-run.ts";
import { type EvalWorld, openEvalWorld } from "./testing/eval-world.ts";

const SUITE = { suite: "triage-suite" };
const page = { limit: 200 };

function ofOthers({ airline }: EvalWorld) {
  return callerWith(airline, { keyId: "key_other", scopes: ["read", "use"], prompts: ["another"] });
}

describeEachPlatform("what a run page shows", (open) => {
  it("counts results by score and says why some have none, with the cases", async () => {
    await using world = await openEvalWorld(open);
    const run = await world.evaluate(await world.addVersion("skill 20"));
    const { scores, latencies, reasons } = await getRunBreakdown(world.airline, { runId: run.id });
    expect(scores).toHaveLength(20);
    expect(scores[0]).toEqual({ from: 0, to: 0.05, passed: 0, notPassed: 20 });
    expect(scores[19]).toEqual({ from: 0.95, to: 1, passed: 40, notPassed: 0 });
    expect(latencies.reduce((sum, { count }) => sum + count, 0)).toBe(60);
    expect(reasons).toEqual([]);
  });

  it("shows a case with what was asked, answered and expected, beside the answer of the run it was compared with", async () => {
    await using world = await openEvalWorld(open);
    const first = await world.addVersion("skill 0");
    await moveLabel(world.airline, { prompt: "triage", label: "production", version: first, dryRun: false });
    const run = await world.evaluate(await world.addVersion("skill 20"));
    const found = await getRunCase(world.airline, { runId: run.id, key: "case-7" });
    expect(found).toMatchObject({
      case: { key: "case-7", expected: "a7" },
      messages: [
        { role: "system", content: "skill 20" },
        { role: "user", content: "q7" },
      ],
      problem: null,
      results: [{ repeat: 0, outcome: { status: "scored", output: "wrong", passed: false } }],
      against: {
        runId: run.baselineRunId,
        promptVersion: first,
        results: [{ outcome: { output: "a7", passed: true } }],
      },
    });
    const beside = await getRunCase(world.airline, { runId: run.id, key: "case-7", against: run.id });
    expect(beside.against).toMatchObject({ runId: run.id, results: [{ outcome: { output: "wrong" } }] });
    expect(await refusalOf(getRunCase(world.airline, { runId: run.id, key: "case-60" }))).toMatchObject({
      code: "not_found",
    });
  });

  it("lists results by whether they passed and by tag, in the very letters of the tag", async () => {
    await using world = await openEvalWorld(open);
    const { id: runId } = await world.evaluate(await world.addVersion("skill 2"));
    const keys = async (filter: object) => {
      const { items } = await listRunResults(world.airline, { runId, ...page, ...filter });
      return items.map(({ caseKey }) => caseKey);
    };
    expect(await keys({ passed: "false" })).toEqual(["case-0", "case-1"]);
    expect(await keys({ passed: "true" })).toHaveLength(58);
    expect(await keys({ tag: "critical" })).toHaveLength(6);
    expect(await keys({ tag: "critical", passed: "true" })).toEqual(["case-2", "case-3", "case-4", "case-5"]);
    expect(await keys({ tag: "Critical" })).toEqual([]);
    expect(await keys({ tag: "critica_" })).toEqual([]);
    expect(await keys({ tag: "%" })).toEqual([]);
  });

  it("lists runs by prompt and by status", async () => {
    await using world = await openEvalWorld(open);
    const run = await world.evaluate(await world.addVersion("skill 0"));
    const ids = async (filter: object) =>
      (await listRuns(world.airline, { ...page, ...filter })).items.map(({ id }) => id);
    expect(await ids({ prompt: "triage", status: "completed" })).toEqual([run.id]);
    expect(await ids({ status: "running" })).toEqual([]);
    expect(await refusalOf(listRuns(world.airline, { ...page, prompt: "nothing" }))).toMatchObject({
      code: "not_found",
    });
  });

  it("shows another tenant and a key confined to other prompts nothing", async () => {
    await using world = await openEvalWorld(open);
    const { id: runId } = await world.evaluate(await world.addVersion("skill 0"));
    const asks = [
      (context: EvalWorld["airline"]) => getRunBreakdown(context, { runId }),
      (context: EvalWorld["airline"]) => getRunCase(context, { runId, key: "case-1" }),
      (context: EvalWorld["airline"]) => planRun(context, SUITE),
      (context: EvalWorld["airline"]) => listSuiteVersions(context, { ...SUITE, ...page }),
    ];
    for (const ask of asks) {
      expect(await refusalOf(ask(world.bank))).toMatchObject({ code: "not_found" });
      expect(await refusalOf(ask(ofOthers(world)))).toMatchObject({ code: "scope_missing" });
    }
    const listed = await refusalOf(listRuns(ofOthers(world), { ...page, prompt: "triage" }));
    expect(listed).toMatchObject({ code: "scope_missing" });
  });
});

describeEachPlatform("a planned run", (open) => {
  it("says what would be measured, beside what, and what it could show, and starts nothing", async () => {
    await using world = await openEvalWorld(open);
    const first = await world.addVersion("skill 3");
    await moveLabel(world.airline, { prompt: "triage", label: "production", version: first, dryRun: false });
    const second = await world.addVersion("skill 4");
    const unmeasured = await planRun(world.airline, { ...SUITE, version: second });
    expect(unmeasured).toMatchObject({
      prompt: "triage",
      promptVersion: second,
      dataset: "tickets",
      cases: 60,
      repeats: 1,
      incumbentVersion: first,
      measuresIncumbent: true,
      isEvidence: true,
      costMicros: null,
      earlierRunId: null,
      power: { cases: 60, passChanceWhenEqual: null },
      tags: [{ tag: "critical", cases: 6 }],
    });
    const run = await world.evaluate(first);
    const measured = await planRun(world.airline, { ...SUITE, version: second });
    expect(measured).toMatchObject({ measuresIncumbent: false, earlierRunId: run.id });
    expect(measured.power?.detectableDifference).toBeGreaterThan(0);
    expect((await listRuns(world.airline, page)).items.map(({ id }) => id)).toEqual([run.id]);
  });

  it("knows that a part of the cases is no evidence and has no power to announce", async () => {
    await using world = await openEvalWorld(open);
    await world.evaluate(await world.addVersion("skill 3"));
    const part = await planRun(world.airline, { ...SUITE, selection: { tags: ["critical"] } });
    expect(part).toMatchObject({ cases: 6, isEvidence: false, incumbentVersion: null, power: null });
  });

  it("refuses what a start would refuse", async () => {
    await using world = await openEvalWorld(open);
    const version = await world.addVersion("skill 3");
    for (const draft of [
      { version, label: "latest" },
      { selection: { tags: ["nothing"] } },
      { selection: { tags: ["critical"] }, stopEarly: true },
    ]) {
      expect(await refusalOf(planRun(world.airline, { ...SUITE, ...draft }))).toMatchObject({
        code: "invalid_input",
      });
    }
  });
});

describeEachPlatform("a suite's versions", (open) => {
  it("come newest first, page by page", async () => {
    await using world = await openEvalWorld(open);
    await world.putSuite({ repeats: 2 });
    await world.putSuite({ repeats: 3 });
    const first = await listSuiteVersions(world.airline, { ...SUITE, limit: 2 });
    const second = await listSuiteVersions(world.airline, {
      ...SUITE,
      limit: 2,
      cursor: first.nextCursor ?? "",
    });
    const shown = [...first.items, ...second.items];
    expect(shown.map(({ version, spec }) => [version, spec.repeats])).toEqual([
      [3, 3],
      [2, 2],
      [1, 1],
    ]);
    expect(second.nextCursor).toBeNull();
  });
});
