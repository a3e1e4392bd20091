import { expect, it } from "vitest";
import { createKey } from "../access/create-key.ts";
import type { Context } from "../context.ts";
import { type EvalWorld, GATE, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { approveChange } from "./approve-change.ts";
import { getChange } from "./get-change.ts";
import { listChanges } from "./list-changes.ts";
import { listLabelMoves } from "./list-label-moves.ts";
import { moveLabel } from "./move-label.ts";
import { proposeChange } from "./propose-change.ts";
import { rejectChange } from "./reject-change.ts";
import { rollbackLabel } from "./rollback-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf, servedVersion } from "./testing/promotion-probes.ts";
import { withdrawChange } from "./withdraw-change.ts";

const PAGE = { limit: 10 };

/** Another key of the tenant, made by the tenant's first one. */
async function newKey(context: Context, name: string): Promise<Context> {
  const { key } = await createKey(context, { name, role: "admin" });
  return callerWith(context, { keyId: key.id, scopes: key.scopes });
}

interface Team {
  world: EvalWorld;
  author: Context;
  approver: Context;
  /** The label's version, and a better one that was measured. */
  first: number;
  second: number;
  propose(version?: number): Promise<string>;
}

/** `production` is at a version, and its gate asks for the approval of somebody else. */
async function openTeam(world: EvalWorld, byOther = true): Promise<Team> {
  const { airline } = world;
  const author = await newKey(airline, "author");
  const approver = await newKey(airline, "approver");
  await world.putSuite({ gate: { ...GATE, approval: { byOther } } });
  const first = await world.addVersion("skill 10");
  await moveLabel(airline, { ...PRODUCTION, version: first });
  await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
  await world.evaluate(first);
  const second = await world.addVersion("skill 0", author);
  await world.evaluate(second);
  const propose = async (version = second) => {
    const draft = { label: "production", version, title: "Be right", description: "" };
    return (await proposeChange(author, { prompt: "triage", ...draft })).id;
  };
  return { world, author, approver, first, second, propose };
}

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
      expect((await getChange(author, { changeId })).staleApproval).toContain(words);
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

describeEachPlatform("a change request", (open) => {
  it("shows who would change what, what it stands on and what the gate says", async () => {
    await using world = await openEvalWorld(open);
    const { author, first, second, propose } = await openTeam(world);
    const details = await getChange(author, { changeId: await propose() });
    expect(details).toMatchObject({
      prompt: "triage",
      fromVersion: first,
      toVersion: second,
      proposedBy: `key:${author.caller.keyId}`,
      writtenBy: `key:${author.caller.keyId}`,
      presentVersion: first,
      evidence: [{ promptVersion: second, isCurrent: true, reasons: [] }],
      verdict: { outcome: "fail" },
    });
    expect(details.diff).toEqual({
      messages: [
        { kind: "same", text: "[system]" },
        { kind: "removed", text: "skill 10" },
        { kind: "added", text: "skill 0" },
      ],
      members: [],
    });
    expect(details.verdict?.clauses.filter(({ outcome }) => outcome !== "pass")).toMatchObject([
      { clause: "approval" },
    ]);
  });

  it("ends once: withdrawn by who proposed it, or rejected, and only one for a move is live", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, propose } = await openTeam(world);
    const changeId = await propose();
    expect(await refusalOf(propose())).toMatchObject({ code: "conflict", details: { changeId } });
    const early = { changeId, reason: "too early" };
    expect(await refusalOf(withdrawChange(approver, early))).toMatchObject({ code: "scope_missing" });
    expect(await withdrawChange(author, early)).toMatchObject({ status: "withdrawn", reason: "too early" });
    for (const again of [approveChange, rejectChange, withdrawChange]) {
      expect(await refusalOf(again(again === withdrawChange ? author : approver, early))).toMatchObject({
        code: "conflict",
      });
    }
    const next = await propose();
    await approveChange(approver, { changeId: next });
    expect(await refusalOf(approveChange(approver, { changeId: next }))).toMatchObject({ code: "conflict" });
    await rejectChange(approver, { changeId: next, reason: "found a flaw" });
    const { items } = await listChanges(author, { ...PAGE, prompt: "triage" });
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      [next, "rejected"],
      [changeId, "withdrawn"],
    ]);
    expect((await listChanges(author, { ...PAGE, status: "rejected" })).items).toHaveLength(1);
  });

  it("is decided once, however many decide at the same time, and never moves after it was withdrawn", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, first, second, propose } = await openTeam(world);
    const other = await newKey(world.airline, "another approver");
    const changeId = await propose();
    const approvals = await Promise.allSettled(
      [approver, other, approver, other].map((hand) => approveChange(hand, { changeId })),
    );
    expect(approvals.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [moved, withdrawn] = await Promise.allSettled([
      moveLabel(author, { ...PRODUCTION, version: second }),
      withdrawChange(author, { changeId, reason: "no" }),
    ]);
    const { status } = await getChange(author, { changeId });
    expect([moved.status, withdrawn.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(status).toBe(moved.status === "fulfilled" ? "carried_out" : "withdrawn");
    expect(await servedVersion(author)).toBe(moved.status === "fulfilled" ? second : first);
  });

  it("is not for the server's own label, other prompts' versions, or more than the limit", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const draft = { prompt: "triage", label: "staging", version: 1, title: "t", description: "" };
    expect(await refusalOf(proposeChange(world.airline, { ...draft, label: "latest" }))).toMatchObject({
      code: "invalid_input",
    });
    expect(await refusalOf(proposeChange(world.airline, { ...draft, version: 9 }))).toMatchObject({
      code: "not_found",
    });
    for (let index = 0; index < 100; index += 1) {
      await proposeChange(world.airline, { ...draft, label: `label-${index}` });
    }
    expect(await refusalOf(proposeChange(world.airline, draft))).toMatchObject({ code: "conflict" });
  });

  it("is seen and decided by keys of its prompt and label only", async () => {
    await using world = await openEvalWorld(open);
    const { approver, propose } = await openTeam(world);
    const changeId = await propose();
    const elsewhere = callerWith(approver, { prompts: ["other"] });
    const staging = callerWith(approver, { labels: ["staging"] });
    expect((await listChanges(elsewhere, PAGE)).items).toEqual([]);
    for (const attempt of [
      getChange(elsewhere, { changeId }),
      approveChange(elsewhere, { changeId }),
      approveChange(staging, { changeId }),
      rejectChange(staging, { changeId, reason: "no" }),
    ]) {
      expect(await refusalOf(attempt)).toMatchObject({ code: "scope_missing" });
    }
    expect(await refusalOf(getChange(world.bank, { changeId }))).toMatchObject({ code: "not_found" });
    expect((await listChanges(world.bank, PAGE)).items).toEqual([]);
  });

  it("for a label without a gate is approved without evidence and carried out by the plain move", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const version = await world.addVersion("skill 0");
    const draft = { prompt: "triage", label: "production", version, title: "t", description: "" };
    const { id: changeId } = await proposeChange(airline, draft);
    await approveChange(airline, { changeId });
    await moveLabel(airline, { ...PRODUCTION, version });
    expect(await getChange(airline, { changeId })).toMatchObject({
      status: "carried_out",
      fromVersion: null,
      verdict: null,
    });
  });
});
