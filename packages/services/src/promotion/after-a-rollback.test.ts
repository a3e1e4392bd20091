import { expect, it } from "vitest";
import { listRuns } from "../evaluation/list-runs.ts";
import { type EvalWorld, GATE, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { getPromotion } from "./get-promotion.ts";
import { moveLabel } from "./move-label.ts";
import { rollbackLabel } from "./rollback-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf, servedVersion } from "./testing/promotion-probes.ts";

describeEachPlatform("after a rollback", (open) => {
  /** Of 400 cases `weak` passes half and `strong` all; `strong` was promoted and is rolled back. */
  async function rolledBack(world: EvalWorld) {
    const { airline } = world;
    await world.importCases(400);
    await world.putSuite({ gate: { ...GATE, minScore: { score: 0.2, on: "mean" }, noFlips: [] } });
    const weak = await world.addVersion("skill 200");
    await moveLabel(airline, { ...PRODUCTION, version: weak });
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    await world.evaluate(weak);
    const strong = await world.addVersion("skill 0");
    await world.evaluate(strong);
    await moveLabel(airline, { ...PRODUCTION, version: strong });
    await rollbackLabel(airline, { prompt: "triage", label: "production", reason: "it is slow today" });
    expect(await servedVersion(airline)).toBe(weak);
    return { weak, strong };
  }

  it("the next version is held against what was rolled back too, and so is the one that the label holds", async () => {
    await using world = await openEvalWorld(open);
    const { weak, strong } = await rolledBack(world);
    const better = await world.addVersion("skill 199");
    expect((await world.evaluate(better)).verdict?.outcome).toBe("fail");
    for (const version of [better, weak]) {
      const refusal = await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version }));
      expect(refusal.message).toContain(`from version ${strong}`);
      expect(clauseOf(refusal, "maxRegression")).toBeDefined();
    }
  });

  it("both are measured before the next version where the cases are new", async () => {
    await using world = await openEvalWorld(open);
    const { weak, strong } = await rolledBack(world);
    await world.importCases(401);
    const run = await world.evaluate(await world.addVersion("skill 1"));
    const relative = run.verdict?.clauses.filter(({ clause }) => clause === "maxRegression");
    expect(relative?.map(({ outcome }) => outcome)).toEqual(["pass", "pass"]);
    expect(relative?.map(({ incumbentVersion }) => incumbentVersion)).toEqual([weak, strong]);
    const { items } = await listRuns(world.airline, { limit: 3 });
    expect(items.map(({ promptVersion }) => promptVersion)).toEqual([run.promptVersion, weak, strong]);
  });

  it("the page of the move names both, each with its run", async () => {
    await using world = await openEvalWorld(open);
    const { weak, strong } = await rolledBack(world);
    const better = await world.addVersion("skill 199");
    await world.evaluate(better);
    const { items } = await listRuns(world.airline, { limit: 3 });
    const runOf = (version: number) => items.find(({ promptVersion }) => promptVersion === version)?.id;
    expect(await getPromotion(world.airline, { ...PRODUCTION, version: better })).toMatchObject({
      incumbent: { version: weak, runId: runOf(weak) },
      secondIncumbent: { version: strong, runId: runOf(strong) },
    });
  });

  it("a version as good as both is promoted, and from then on it alone is the bar", async () => {
    await using world = await openEvalWorld(open);
    const { strong } = await rolledBack(world);
    const next = await world.addVersion("skill 1");
    await world.evaluate(next);
    const { verdict } = await moveLabel(world.airline, { ...PRODUCTION, version: next });
    const compared = verdict?.clauses.filter(({ clause }) => clause === "maxRegression");
    expect(compared?.map(({ outcome }) => outcome)).toEqual(["pass", "pass"]);
    const foreseen = await moveLabel(world.airline, { ...PRODUCTION, version: strong, dryRun: true });
    const against = foreseen.verdict?.clauses.filter(({ clause }) => clause === "maxRegression");
    expect(against).toHaveLength(1);
  });
});
