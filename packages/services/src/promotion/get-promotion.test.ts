import { expect, it } from "vitest";
import { startRun } from "../evaluation/start-run.ts";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { approveChange } from "./approve-change.ts";
import { getPromotion } from "./get-promotion.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { openTeam } from "./testing/open-team.ts";
import { PRODUCTION, refusalOf } from "./testing/promotion-probes.ts";

const AT = { prompt: "triage", label: "production" };

describeEachPlatform("what a promotion would mean", (open) => {
  it("says what is missing, what runs, and at last what the move would be refused or carried out for", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, { ...AT, suite: "triage-suite" });
    const version = await world.addVersion("skill 0");
    const look = () => getPromotion(airline, { ...AT, version });
    expect(await look()).toMatchObject({
      present: null,
      isDone: false,
      verdict: { outcome: "fail", clauses: [{ clause: "evidence" }] },
      evidence: null,
      outdated: null,
      activeRun: null,
      incumbent: null,
    });
    const { id } = await startRun(airline, { suite: "triage-suite", version });
    expect(await look()).toMatchObject({ activeRun: { id, status: "queued" }, evidence: null });
    await world.work();
    expect(await look()).toMatchObject({
      activeRun: null,
      verdict: { outcome: "pass" },
      evidence: { runId: id, isCurrent: true },
    });
    await moveLabel(airline, { ...PRODUCTION, version });
    expect(await look()).toMatchObject({ isDone: true, present: { version, standing: { kind: "proven" } } });

    const worse = await world.addVersion("skill 50");
    await world.evaluate(worse);
    expect(await getPromotion(airline, { ...AT, version: worse })).toMatchObject({
      verdict: { outcome: "fail" },
      incumbent: { version, runId: id },
      diff: { messages: [{}, { kind: "removed", text: "skill 0" }, { kind: "added", text: "skill 50" }] },
      isDone: false,
    });
  });

  it("says what has changed since a run that does not count any more", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    await setGate(airline, { ...AT, suite: "triage-suite" });
    const version = await world.addVersion("skill 0");
    const run = await world.evaluate(version);
    test.platform.engineBuildOf = () => "another build";
    expect(await getPromotion(airline, { ...AT, version })).toMatchObject({
      evidence: null,
      outdated: { runId: run.id, changed: ["engineBuild"] },
    });
  });

  it("shows the proposal of this move and whether its approval holds", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, second, propose } = await openTeam(world);
    const look = () => getPromotion(author, { ...AT, version: second });
    expect(await look()).toMatchObject({ changeRequest: null, verdict: { outcome: "fail" } });
    const changeId = await propose();
    expect(await look()).toMatchObject({ changeRequest: { id: changeId, status: "open" } });
    await approveChange(approver, { changeId });
    expect(await look()).toMatchObject({
      changeRequest: { status: "approved" },
      staleApproval: null,
      verdict: { outcome: "pass" },
    });
    const third = await world.addVersion("skill 2", author);
    const override = { reason: "to move the label", expiresAt: new Date(Date.now() + 60_000).toISOString() };
    await moveLabel(world.airline, { ...PRODUCTION, version: third, override });
    expect(await look()).toMatchObject({ staleApproval: "label_moved", verdict: { outcome: "fail" } });
  });

  it("is shown to who may read the prompt only, and moves nothing", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    const version = await world.addVersion("skill 0");
    const input = { ...AT, version };
    const reader = callerWith(airline, { scopes: ["read"] });
    expect(await getPromotion(reader, input)).toMatchObject({ gate: null, verdict: null, isDone: false });
    expect(await getPromotion(reader, input)).toMatchObject({ present: null });
    expect(await refusalOf(getPromotion(bank, input))).toMatchObject({ code: "not_found" });
    const confined = callerWith(airline, { prompts: ["other"] });
    expect(await refusalOf(getPromotion(confined, input))).toMatchObject({ code: "scope_missing" });
    expect(await refusalOf(getPromotion(airline, { ...input, label: "latest" }))).toMatchObject({
      code: "invalid_input",
    });
  });
});
