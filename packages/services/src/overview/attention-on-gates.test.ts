import { LIMITS } from "@assay/core";
import type { TenantTx } from "@assay/store";
import { expect, it, vi } from "vitest";
import type { Context } from "../context.ts";
import { startRun } from "../evaluation/start-run.ts";
import { type EvalWorld, GATE, openEvalWorld, SPEC } from "../evaluation/testing/eval-world.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { rollbackLabel } from "../promotion/rollback-label.ts";
import { setGate } from "../promotion/set-gate.ts";
import { openTeam } from "../promotion/testing/open-team.ts";
import { PRODUCTION } from "../promotion/testing/promotion-probes.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { putSuite } from "../registry/put-suite.ts";
import { callerWith, contentOf, describeEachPlatform } from "../testing/index.ts";
import { getOverview } from "./get-overview.ts";

const AT = { prompt: "triage", label: "production", suite: "triage-suite" };
const ROLLBACK = { prompt: "triage", label: "production", reason: "it is slow today" };
const attentionOf = async (context: Context) => (await getOverview(context, {})).attention;
const waitingOf = async (context: Context) =>
  (await attentionOf(context)).filter(({ kind }) => kind === "waiting");

describeEachPlatform("what the overview says of gates", (open) => {
  /** `weak` had the label before it had a gate, `strong` was promoted by the gate and is rolled back. */
  async function rolledBack({ airline, ...world }: EvalWorld) {
    const weak = await world.addVersion("skill 30");
    await moveLabel(airline, { ...PRODUCTION, version: weak });
    await setGate(airline, AT);
    const strong = await world.addVersion("skill 0");
    return { weak, strong };
  }

  it("after a rollback it names what the gate would refuse, and whether that was measured", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    const { weak, strong } = await rolledBack(world);
    await world.evaluate(strong);
    await moveLabel(airline, { ...PRODUCTION, version: strong });
    expect(await attentionOf(airline)).toEqual([]);
    await rollbackLabel(airline, ROLLBACK);
    const label = { name: "production", version: weak, standing: { kind: "rolled_back" } };
    expect(await attentionOf(airline)).toMatchObject([
      { kind: "refused", prompt: "triage", label, isMeasured: true },
    ]);
    expect(await attentionOf(bank)).toEqual([]);
    expect(await attentionOf(callerWith(airline, { prompts: ["other"] }))).toEqual([]);
  });

  it("says so of what was never measured as everything is now, and nothing of what passes", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.putSuite({ gate: { ...GATE, minScore: { score: 0.2, on: "mean" }, noFlips: [] } });
    const first = await world.addVersion("skill 1");
    await moveLabel(airline, { ...PRODUCTION, version: first });
    await moveLabel(airline, { ...PRODUCTION, version: await world.addVersion("skill 2") });
    await rollbackLabel(airline, ROLLBACK);
    await setGate(airline, AT);
    expect(await attentionOf(airline)).toMatchObject([{ kind: "refused", isMeasured: false }]);
    await world.evaluate(first);
    expect((await attentionOf(airline)).filter(({ kind }) => kind === "refused")).toEqual([]);
  });

  it("names a version that passes and waits, until it is promoted, and not again once it was rolled back", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    const { weak, strong } = await rolledBack(world);
    expect(await waitingOf(airline)).toEqual([]);
    await world.evaluate(strong);
    const note = { prompt: "triage", label: "production", version: strong, present: weak };
    expect(await waitingOf(airline)).toEqual([{ kind: "waiting", ...note, needsApproval: false }]);
    expect(await waitingOf(bank)).toEqual([]);
    expect(await waitingOf(callerWith(airline, { prompts: ["other"] }))).toEqual([]);
    // A newer one that was not measured, or does not pass, is passed over.
    await world.evaluate(await world.addVersion("skill 40"));
    await world.addVersion("skill 50");
    expect(await waitingOf(airline)).toMatchObject([note]);
    await moveLabel(airline, { ...PRODUCTION, version: strong });
    expect(await waitingOf(airline)).toEqual([]);
    await rollbackLabel(airline, ROLLBACK);
    expect((await attentionOf(airline)).map(({ kind }) => kind)).toEqual(["refused"]);
  });

  it("passes over any number of newer versions that were measured on a part of the cases", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const { strong } = await rolledBack(world);
    await world.evaluate(strong);
    for (const text of ["skill 1", "skill 2", "skill 3", "skill 4"]) {
      const version = await world.addVersion(text);
      await startRun(airline, { suite: "triage-suite", version, selection: { tags: ["critical"] } });
    }
    await world.work();
    expect(await waitingOf(airline)).toMatchObject([{ version: strong }]);
  });

  it("asks the gate anew once its label has moved, also when nothing was measured since", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const { strong } = await rolledBack(world);
    const middling = await world.addVersion("skill 10");
    for (const version of [strong, middling]) await world.evaluate(version);
    expect(await waitingOf(airline)).toMatchObject([{ version: middling }]);
    await moveLabel(airline, { ...PRODUCTION, version: strong });
    expect(await waitingOf(airline)).toEqual([]);
  });

  it("names a version that waits for a label which nothing holds yet", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    await setGate(airline, AT);
    const version = await world.addVersion("skill 0");
    expect(await attentionOf(airline)).toEqual([]);
    await world.evaluate(version);
    expect(await attentionOf(airline)).toMatchObject([{ kind: "waiting", version, present: null }]);
    expect(await attentionOf(bank)).toEqual([]);
    expect(await attentionOf(callerWith(airline, { prompts: ["other"] }))).toEqual([]);
  });

  it("says that a version has to be proposed where the gate asks for approval, and is silent once it is", async () => {
    await using world = await openEvalWorld(open);
    const { author, second, propose } = await openTeam(world);
    expect(await waitingOf(author)).toMatchObject([{ version: second, needsApproval: true }]);
    await propose();
    expect(await waitingOf(author)).toEqual([]);
  });

  it("works out so many decisions and no more, and remembers them for the next time", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const version = await world.addVersion("skill 0");
    const count = LIMITS.overviewDecisionsMax + 2;
    for (let index = 0; index < count; index += 1) {
      const [suite, label] = [`suite-${index}`, `label-${index}`];
      await putSuite(airline, { suite, ...SPEC, gate: { ...GATE, label } });
      await setGate(airline, { prompt: "triage", label, suite });
      await startRun(airline, { suite, version });
    }
    await world.work();
    // Asked for at the same moment, they are worked out once.
    const [first, next] = await Promise.all([getOverview(airline, {}), getOverview(airline, {})]);
    expect(first.attention).toHaveLength(LIMITS.overviewDecisionsMax);
    expect(first.isPart).toBe(true);
    expect(next.attention).toHaveLength(count);
    expect(next.isPart).toBe(false);
  });

  it("asks the database as often for many prompts as for as many as it looks at", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const addGated = async (from: number, to: number) => {
      for (let index = from; index < to; index += 1) {
        const prompt = `prompt-${index}`;
        await createPrompt(airline, { slug: prompt, description: "" });
        await addPromptVersion(airline, { prompt, content: contentOf("base", "skill 0"), dryRun: false });
        await putSuite(airline, { suite: prompt, ...SPEC, prompt });
        await moveLabel(airline, { ...PRODUCTION, prompt, version: 1 });
        await setGate(airline, { prompt, label: "production", suite: prompt });
      }
    };
    const statements = async () => {
      const methods = ["select", "join", "selectJoined", "aggregate", "count"] as const;
      const own = await airline.tenant.read(async (tx): Promise<TenantTx> => Object.getPrototypeOf(tx));
      const spies = methods.map((method) => vi.spyOn(own, method));
      await getOverview(airline, {});
      return spies.reduce((sum, spy) => {
        const { length } = spy.mock.calls;
        spy.mockRestore();
        return sum + length;
      }, 0);
    };
    await addGated(0, LIMITS.overviewGatesMax);
    const asMany = await statements();
    await addGated(LIMITS.overviewGatesMax, LIMITS.overviewGatesMax + 5);
    expect(await statements()).toBe(asMany);
  });
});
