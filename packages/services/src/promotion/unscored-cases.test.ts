import { expect, it } from "vitest";
import { caseNumberOf, type EvalWorld, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { contentOf, describeEachPlatform } from "../testing/index.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf } from "./testing/promotion-probes.ts";

const GATE = {
  label: "production",
  minCases: 30,
  maxErrors: 6,
  noFlips: [],
  minScore: { score: 0.9, on: "mean" as const },
};

describeEachPlatform("a gate that allows errors", (open) => {
  /** Fails on the cases that the condition names: it asks for a variable that is not there. */
  async function addDodging(world: EvalWorld, condition: string): Promise<number> {
    const system = `Answer.{% if ${condition} %}{{ extra }}{% endif %}`;
    const content = {
      ...contentOf("base", system),
      messages: [
        { role: "system" as const, content: system },
        { role: "user" as const, content: "{{ n }}" },
      ],
      variables: { type: "object", properties: { n: { type: "string" }, extra: { type: "string" } } },
    };
    const added = await addPromptVersion(world.airline, { prompt: "triage", content, dryRun: false });
    return added.version?.version ?? Number.NaN;
  }

  it("does not let a version choose the cases that it is not scored on", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    await world.importCasesOf(
      Array.from({ length: 60 }, (_, n) => ({
        key: `case-${n}`,
        variables: { n: `q${n}` },
        expected: `a${n}`,
        tags: [],
      })),
    );
    await world.putSuite({ gate: GATE });
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    // Wrong on ten of sixty.
    test.platform.engine.answerWith((request) =>
      caseNumberOf(request) < 10 ? "wrong" : `a${caseNumberOf(request)}`,
    );
    const six = ["q0", "q1", "q2", "q3", "q4", "q5"].map((key) => `n == "${key}"`).join(" or ");
    const version = await addDodging(world, six);
    const { summary, verdict } = await world.evaluate(version);
    expect(summary).toMatchObject({ failed: 6, scored: 54, passed: 50 });
    expect(verdict?.outcome).toBe("inconclusive");
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "minScore")).toMatchObject({ outcome: "inconclusive" });
    expect(clauseOf(refusal, "maxErrors")).toMatchObject({ outcome: "pass", value: 6 });
  });
});
