import { STALE_APPROVALS } from "@assay/core";
import { expect, it } from "vitest";
import { GATE, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { approveChange } from "./approve-change.ts";
import { getChange } from "./get-change.ts";
import { listLabelMoves } from "./list-label-moves.ts";
import { moveLabel } from "./move-label.ts";
import { proposeChange } from "./propose-change.ts";
import { rollbackLabel } from "./rollback-label.ts";
import { setGate } from "./set-gate.ts";
import { newKey, openTeam } from "./testing/open-team.ts";
import { clauseOf, PRODUCTION, refusalOf, servedVersion } from "./testing/promotion-probes.ts";

const PAGE = { limit: 10 };

describeEachPlatform("a label whose gate asks for approval", (open) => {
  it("moves once another has approved the proposal, which is then carried out by that move", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, first, second, propose } = await openTeam(world);
    const move = { ...PRODUCTION, version: second };
    const unproposed = clauseOf(await refusalOf(moveLabel(author, move)), "approval");
    expect(unproposed).toMatchObject({ outcome: "fail" });
    expect(unproposed?.message).toContain(`assay changes propose triage production --to ${second}`);

    const changeId = await propose();
    const waiting = clauseOf(await refusalOf(moveLabel(approver, move)), "approval");
    expect(waiting?.message).toContain(`assay changes approve ${changeId}`);
    expect(await servedVersion(author)).toBe(first);

    const approved = await approveChange(approver, { changeId, reason: "It is better." });
    expect(approved).toMatchObject({ status: "approved", fromVersion: first, toVersion: second });
    const moved = await moveLabel(author, move);
    expect(moved.verdict?.clauses.map(({ clause, outcome }) => [clause, outcome]).slice(0, 2)).toEqual([
      ["evidence", "pass"],
      ["approval", "pass"],
    ]);
    const [newest] = (await listLabelMoves(author, { prompt: "triage", label: "production", ...PAGE })).items;
    expect(await getChange(author, { changeId })).toMatchObject({
      status: "carried_out",
      moveId: newest?.id,
      presentVersion: second,
      staleApproval: null,
    });
    expect(await moveLabel(author, move)).toMatchObject({ moved: false });
  });

  it("is not approved by who proposed it, who wrote it, or a key in the same hand", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, propose } = await openTeam(world);
    const changeId = await propose();
    const made = await newKey(author, "made by the author");
    const madeByThat = await newKey(made, "made by that");
    for (const hand of [author, made, madeByThat, world.airline]) {
      const refusal = await refusalOf(approveChange(hand, { changeId }));
      expect(refusal).toMatchObject({ code: "scope_missing" });
    }
    const byApprover = await proposeChange(approver, {
      prompt: "triage",
      label: "production",
      version: await world.addVersion("skill 1", author),
      title: "Another",
      description: "",
    });
    await world.evaluate(byApprover.toVersion);
    for (const hand of [approver, author]) {
      expect(await refusalOf(approveChange(hand, { changeId: byApprover.id }))).toMatchObject({
        code: "scope_missing",
      });
    }
    await approveChange(approver, { changeId });
  });

  it("may be approved by its author where the gate lets anybody approve", async () => {
    await using world = await openEvalWorld(open);
    const { author, second, propose } = await openTeam(world, false);
    await approveChange(author, { changeId: await propose() });
    expect(await moveLabel(author, { ...PRODUCTION, version: second })).toMatchObject({ moved: true });
  });

  it("is not approved before the version passes its gate", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, propose } = await openTeam(world);
    const bad = await world.addVersion("skill 50", author);
    const changeId = await propose(bad);
    expect(await refusalOf(approveChange(approver, { changeId }))).toMatchObject({ code: "gate_refused" });
    await world.evaluate(bad);
    const refusal = await refusalOf(approveChange(approver, { changeId }));
    expect(clauseOf(refusal, "minScore")).toMatchObject({ outcome: "fail" });
    expect(await getChange(author, { changeId })).toMatchObject({
      status: "open",
      verdict: { outcome: "fail" },
    });
  });

  it("needs the approval again once the label has moved, the gate was set anew or the evidence is another", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, first, second, propose } = await openTeam(world);
    const changeId = await propose();
    const staleBecause = async (words: string) => {
      const clause = clauseOf(
        await refusalOf(moveLabel(author, { ...PRODUCTION, version: second })),
        "approval",
      );
      expect(clause).toMatchObject({ outcome: "fail" });
      expect(clause?.message).toContain(words);
      const { staleApproval } = await getChange(author, { changeId });
      expect(staleApproval && STALE_APPROVALS[staleApproval]).toContain(words);
      await approveChange(approver, { changeId });
    };
    await approveChange(approver, { changeId });
    const third = await world.addVersion("skill 2", author);
    const override = {
      reason: "An emergency, truly",
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    };
    await moveLabel(world.airline, { ...PRODUCTION, version: third, override });
    await rollbackLabel(world.airline, {
      prompt: "triage",
      label: "production",
      version: first,
      reason: "over",
    });
    await staleBecause("The label has moved");

    await world.putSuite({ gate: { ...GATE, minCases: 31, approval: { byOther: true } } });
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    await staleBecause("gate is another");

    await world.importCases(59);
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    for (const version of [first, second]) await world.evaluate(version);
    await staleBecause("other evidence");
    expect(await moveLabel(author, { ...PRODUCTION, version: second })).toMatchObject({ moved: true });
  });

  it("spends an approval once, however many promote at the same time", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, second, propose } = await openTeam(world);
    const changeId = await propose();
    await approveChange(approver, { changeId });
    const moves = Array.from({ length: 10 }, () => moveLabel(author, { ...PRODUCTION, version: second }));
    const outcomes = await Promise.all(moves);
    expect(outcomes.filter(({ moved }) => moved)).toHaveLength(1);
    expect(await getChange(author, { changeId })).toMatchObject({ status: "carried_out" });
    const { items } = await listLabelMoves(author, { prompt: "triage", label: "production", ...PAGE });
    expect(items.filter(({ toVersion }) => toVersion === second)).toHaveLength(1);
  });

  it("needs no approval for an override or a rollback, and shows it as one clause more in a dry run", async () => {
    await using world = await openEvalWorld(open);
    const { airline, author, approver, first, second, propose } = { ...world, ...(await openTeam(world)) };
    const dry = await moveLabel(author, { ...PRODUCTION, version: second, dryRun: true });
    expect(dry).toMatchObject({ moved: false, verdict: { outcome: "fail" } });
    await approveChange(approver, { changeId: await propose() });
    await moveLabel(author, { ...PRODUCTION, version: second });
    await rollbackLabel(author, { prompt: "triage", label: "production", reason: "worse" });
    expect(await servedVersion(airline)).toBe(first);
    expect(await refusalOf(moveLabel(author, { ...PRODUCTION, version: second }))).toMatchObject({
      code: "gate_refused",
    });
  });
});
