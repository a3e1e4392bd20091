import { expect, it } from "vitest";
import { caseNumberOf, type EvalWorld, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf } from "./testing/promotion-probes.ts";

const AT = { prompt: "triage", label: "production", suite: "triage-suite" };

/** As a provider that ignores seeds behaves: each run comes out otherwise. */
async function measure({ test, evaluate }: EvalWorld, version: number, rightCases: number): Promise<string> {
  test.platform.engine.answerWith((request) => {
    const number = caseNumberOf(request);
    return number < rightCases ? `a${number}` : "wrong";
  });
  return (await evaluate(version)).id;
}

describeEachPlatform("a version that is measured again and again", (open) => {
  it("is judged by its first run: a lucky one later does not replace it", async () => {
    await using world = await openEvalWorld(open);
    await setGate(world.airline, AT);
    const version = await world.addVersion("skill 0");
    const first = await measure(world, version, 30);
    for (const right of [36, 60]) await measure(world, version, right);
    const refusal = await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "minScore")).toMatchObject({ outcome: "fail", value: 0.5 });
    const evidence = clauseOf(refusal, "evidence");
    expect(evidence?.message).toContain(first);
    expect(evidence?.message).toContain("of 3 runs");
  });

  it("is not compared with a lucky or unlucky repetition of the present version's run either", async () => {
    await using world = await openEvalWorld(open);
    await setGate(world.airline, AT);
    const present = await world.addVersion("skill 0");
    await measure(world, present, 60);
    await moveLabel(world.airline, { ...PRODUCTION, version: present });
    await measure(world, present, 40);
    const next = await world.addVersion("skill 1");
    await measure(world, next, 50);
    const refusal = await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version: next }));
    expect(clauseOf(refusal, "maxRegression")).toMatchObject({ outcome: "fail" });
  });

  it("may be measured anew after a run whose errors are too many, because that one measured nothing", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    await setGate(airline, AT);
    const version = await world.addVersion("skill 0");
    const failure = { code: "context_length_exceeded", message: "too long", retryable: false } as const;
    test.platform.engine.answerWith(() => [{ type: "failed", failure, usage: undefined }]);
    const spoiled = (await world.evaluate(version)).id;
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "evidence")?.message).toContain(`Run ${spoiled}`);
    expect(clauseOf(refusal, "maxErrors")).toMatchObject({ outcome: "fail" });
    const run = await measure(world, version, 60);
    const { label } = await moveLabel(airline, { ...PRODUCTION, version });
    expect(label?.standing).toEqual({ kind: "proven", runId: run });
  });
});
