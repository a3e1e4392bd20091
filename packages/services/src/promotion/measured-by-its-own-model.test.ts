import { expect, it } from "vitest";
import { type EvalWorld, GATE, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { removeModel } from "../registry/remove-model.ts";
import { contentOf, describeEachPlatform, uploadToyModel } from "../testing/index.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf } from "./testing/promotion-probes.ts";

const POLICY = { ...GATE, noFlips: [], maxRegression: undefined };

describeEachPlatform("a gate on similarity", (open) => {
  /** Everything is alike to every model; the version's answers are wrong. */
  async function gated(world: EvalWorld, options: { model?: string }): Promise<void> {
    world.test.platform.engine.embed = async ({ texts }) => ({
      status: "completed",
      vectors: texts.map(() => [1, 0]),
      usage: undefined,
    });
    await world.putSuite({ scorers: [{ type: "similarity", weight: 1, options }], gate: POLICY });
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
  }

  async function versionOn(world: EvalWorld, model: string): Promise<number> {
    const content = contentOf(model, "skill 60");
    const added = await addPromptVersion(world.airline, { prompt: "triage", content, dryRun: false });
    return added.version?.version ?? Number.NaN;
  }

  it("does not count what the model says that the version itself brings", async () => {
    await using world = await openEvalWorld(open);
    await uploadToyModel(world.airline, "mine", 77);
    await gated(world, {});
    const version = await versionOn(world, "mine");
    expect((await world.evaluate(version)).verdict?.outcome).toBe("inconclusive");
    const refusal = await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version }));
    expect(refusal.code).toBe("gate_refused");
    expect(clauseOf(refusal, "judgeAgreement")).toMatchObject({ outcome: "suspended" });
    expect(clauseOf(refusal, "minScore")).toMatchObject({ outcome: "suspended" });
  });

  it("counts what a named model says, and not one that took its name since", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await uploadToyModel(airline, "embedder", 77);
    await gated(world, { model: "embedder" });
    const version = await versionOn(world, "base");
    expect((await world.evaluate(version)).verdict?.outcome).toBe("pass");
    await moveLabel(airline, { ...PRODUCTION, version });
    await removeModel(airline, { model: "embedder" });
    await uploadToyModel(airline, "embedder", 78);
    const other = await world.addVersion("other");
    expect((await world.evaluate(other)).verdict?.outcome).toBe("inconclusive");
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version: other }));
    expect(clauseOf(refusal, "judgeAgreement")?.message).toContain("not the one");
  });
});
