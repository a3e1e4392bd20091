import { expect, it } from "vitest";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { approveChange } from "./approve-change.ts";
import { getChange } from "./get-change.ts";
import { listChanges } from "./list-changes.ts";
import { moveLabel } from "./move-label.ts";
import { proposeChange } from "./propose-change.ts";
import { rejectChange } from "./reject-change.ts";
import { newKey, openTeam } from "./testing/open-team.ts";
import { PRODUCTION, refusalOf, servedVersion } from "./testing/promotion-probes.ts";
import { withdrawChange } from "./withdraw-change.ts";

const PAGE = { limit: 10 };

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
      () => getChange(elsewhere, { changeId }),
      () => approveChange(elsewhere, { changeId }),
      () => approveChange(staging, { changeId }),
      () => rejectChange(staging, { changeId, reason: "no" }),
    ]) {
      expect(await refusalOf(attempt())).toMatchObject({ code: "scope_missing" });
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
