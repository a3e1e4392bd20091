import { DAY_MS } from "@assay/core";
import { findTrafficStart, updateRun } from "@assay/store";
import { expect, it } from "vitest";
import { createKey } from "../access/create-key.ts";
import type { Context } from "../context.ts";
import { startRun } from "../evaluation/start-run.ts";
import { GATE, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { openJudgedWorld } from "../evaluation/testing/judged-world.ts";
import { approveChange } from "../promotion/approve-change.ts";
import { getChange } from "../promotion/get-change.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { setGate } from "../promotion/set-gate.ts";
import { newKey, openTeam } from "../promotion/testing/open-team.ts";
import { PRODUCTION } from "../promotion/testing/promotion-probes.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { callerWith, describeEachPlatform, serveRequests, stopClock } from "../testing/index.ts";
import { getOverview } from "./get-overview.ts";
import { getTraffic } from "./get-traffic.ts";
import { listPromptOverviews } from "./list-prompt-overviews.ts";

const PAGE = { limit: 10 };
const AT = { prompt: "triage", label: "production", suite: "triage-suite" };
const attentionOf = async (context: Context) => (await getOverview(context, {})).attention;

describeEachPlatform("the overview of a tenant", (open) => {
  it("shows each prompt's labels, how they stand, and the score that this rests on", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    await setGate(airline, AT);
    const version = await world.addVersion("skill 0");
    const run = await world.evaluate(version);
    await moveLabel(airline, { ...PRODUCTION, version });
    const { items } = await listPromptOverviews(airline, PAGE);
    expect(items).toMatchObject([
      {
        prompt: "triage",
        latestVersion: version,
        labels: [{ name: "production", version, standing: { kind: "proven", runId: run.id } }],
        quality: { version, runId: run.id, score: { mean: 1 }, cases: 60, isEvidence: true },
        liveChanges: 0,
      },
    ]);
    await createPrompt(airline, { slug: "draft", description: "" });
    const slugs = async (labelled: "true" | "false") =>
      (await listPromptOverviews(airline, { ...PAGE, labelled })).items.map(({ prompt }) => prompt);
    expect(await slugs("true")).toEqual(["triage"]);
    expect(await slugs("false")).toEqual(["draft"]);
    expect((await listPromptOverviews(bank, PAGE)).items).toEqual([]);
    expect((await listPromptOverviews(callerWith(airline, { prompts: ["other"] }), PAGE)).items).toEqual([]);
  });

  it("names a label that was never proven, and one that was moved past its gate", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    const first = await world.addVersion("skill 0");
    await moveLabel(airline, { ...PRODUCTION, version: first });
    await setGate(airline, AT);
    expect(await attentionOf(airline)).toMatchObject([
      { kind: "not_proven", prompt: "triage", label: { standing: { kind: "unproven" } } },
    ]);
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
    const override = { reason: "the airport is closed", expiresAt };
    const second = await world.addVersion("skill 1");
    await moveLabel(airline, { ...PRODUCTION, version: second, override });
    expect(await attentionOf(airline)).toMatchObject([{ kind: "override", prompt: "triage", expiresAt }]);
    expect(await attentionOf(bank)).toEqual([]);
    expect(await attentionOf(callerWith(airline, { prompts: ["other"] }))).toEqual([]);
    expect((await getOverview(bank, {})).has).toMatchObject({ prompts: false, gates: false, runs: false });
    expect((await getOverview(airline, {})).has).toMatchObject({ prompts: true, gates: true, runs: false });
  });

  it("names a change request to those who may decide on it, and to nobody else", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, propose } = await openTeam(world);
    const changeId = await propose();
    const changes = async (context: Context) =>
      (await attentionOf(context)).filter(({ kind }) => kind === "change_request");
    expect(await changes(approver)).toMatchObject([{ changeId, next: "decide" }]);
    expect(await changes(author)).toEqual([]);
    expect(await changes(callerWith(approver, { scopes: ["read", "use", "edit"] }))).toEqual([]);
    expect(await changes(world.bank)).toEqual([]);
    expect(await changes(callerWith(approver, { labels: ["staging"] }))).toEqual([]);
    expect(await changes(callerWith(approver, { labels: ["production"] }))).toMatchObject([{ changeId }]);
    const barFor = async (context: Context) => (await getChange(context, { changeId })).barToApprove;
    expect(await barFor(approver)).toBeNull();
    expect(await barFor(author)).toBe("own");
    expect(await barFor(callerWith(approver, { scopes: ["read", "use", "edit"] }))).toBe("scope");
  });

  it("names an approved change request to those who may carry it out", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, propose } = await openTeam(world);
    const changeId = await propose();
    await approveChange(approver, { changeId, reason: "" });
    const changes = async (context: Context) =>
      (await attentionOf(context)).filter(({ kind }) => kind === "change_request");
    expect(await changes(approver)).toMatchObject([{ changeId, next: "promote" }]);
    expect(await changes(author)).toMatchObject([{ changeId, next: "promote" }]);
    expect(await changes(callerWith(author, { labels: ["staging"] }))).toEqual([]);
    expect(await changes(callerWith(author, { scopes: ["read", "use", "edit"] }))).toEqual([]);
  });

  it("puts what was let past a gate before what is merely not proven", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const version = await world.addVersion("skill 0");
    await setGate(airline, AT);
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
    const override = { reason: "the airport is closed", expiresAt };
    await moveLabel(airline, { ...PRODUCTION, version, override });
    world.passMs(1000);
    await world.putSuite({ gate: { ...GATE, label: "staging" } });
    await moveLabel(airline, { ...PRODUCTION, label: "staging", version });
    await setGate(airline, { ...AT, label: "staging" });
    expect((await attentionOf(airline)).map(({ kind }) => kind)).toEqual(["override", "not_proven"]);
  });

  it("names a judge that people have not labelled enough for", async () => {
    await using world = await openJudgedWorld(open);
    const { airline } = world;
    await world.putJudge("Be strict.");
    const version = await world.addVersion("skill 0");
    await moveLabel(airline, { ...PRODUCTION, version });
    await setGate(airline, AT);
    const notes = (await attentionOf(airline)).filter(({ kind }) => kind === "suspended_judge");
    expect(notes).toMatchObject([{ metric: "kind", suite: "triage-suite", labelled: 0, needed: 50 }]);
  });

  it("names a run that failed, until the suite has been run again", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    const version = await world.addVersion("skill 0");
    const { id } = await startRun(airline, { suite: "triage-suite", version });
    await airline.tenant.write(async (tx) => {
      await updateRun(tx, id, { status: "failed", error: "the disk is full" });
      await tx.audit({ actor: "test", action: "test", object: "test" });
    });
    const failed = async (context: Context) =>
      (await attentionOf(context)).filter(({ kind }) => kind === "failed_run");
    expect(await failed(airline)).toMatchObject([{ runId: id, error: "the disk is full", version }]);
    expect(await failed(bank)).toEqual([]);
    expect(await failed(callerWith(airline, { prompts: ["other"] }))).toEqual([]);
    await startRun(airline, { suite: "triage-suite", version });
    expect(await failed(airline)).toEqual([]);
  });

  it("names keys that end soon to admins alone", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await newKey(airline, "lasting");
    const expiring = async (context: Context) =>
      (await attentionOf(context)).filter(({ kind }) => kind === "expiring_key");
    expect(await expiring(airline)).toEqual([]);
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
    await createKey(airline, { name: "ci", role: "viewer", expiresAt });
    expect(await expiring(airline)).toMatchObject([{ name: "ci", expiresAt }]);
    expect(await expiring(callerWith(airline, { scopes: ["read", "promote"] }))).toEqual([]);
    expect(await expiring(callerWith(airline, { prompts: ["triage"] }))).toEqual([]);
    expect(await expiring(callerWith(airline, { labels: ["production"] }))).toEqual([]);
  });
});

describeEachPlatform("the traffic of prompts", (open) => {
  it("is counted by day, with the 95th percentile of what was completed, and the cost where it is known", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    stopClock(airline);
    const now = airline.platform.now();
    const yesterday = new Date(now.getTime() - DAY_MS);
    await serveRequests(airline, [
      ...Array.from({ length: 18 }, () => ({ latencyMs: 100 })),
      ...Array.from({ length: 2 }, () => ({ latencyMs: 900 })),
      { status: "failed", promptTokens: null, costMicros: null, latencyMs: 60_000 },
      { source: "playground", latencyMs: 60_000 },
      { latencyMs: 200, createdAt: yesterday, costMicros: null },
      { createdAt: new Date(now.getTime() - 20 * DAY_MS) },
    ]);
    const { items, isPart } = await getTraffic(airline, {});
    expect(isPart).toBe(false);
    expect(items).toMatchObject([
      {
        prompt: "triage",
        requests: 22,
        failedRequests: 1,
        // One of them has no price: unknown is not zero.
        costPerRequestMicros: null,
        days: [
          { requests: 1, costMicros: null },
          { requests: 21, failedRequests: 1, costMicros: 200 },
        ],
      },
    ]);
    expect(Math.abs((items[0]?.days[1]?.latencyP95Ms ?? 0) / 900 - 1)).toBeLessThan(0.03);
    expect(Math.abs((items[0]?.days[0]?.latencyP95Ms ?? 0) / 200 - 1)).toBeLessThan(0.03);
    expect((await getTraffic(bank, {})).items).toEqual([]);
    expect((await getTraffic(airline, { prompt: "triage" })).items).toEqual(items);
    expect((await getTraffic(callerWith(airline, { prompts: ["other"] }), {})).items).toEqual([]);
  });

  it("of a busy prompt is counted from the newest requests on", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const now = airline.platform.now().getTime();
    const at = (minutes: number) => ({ createdAt: new Date(now - minutes * 60_000) });
    await serveRequests(airline, [at(3), at(2), at(1), at(0)]);
    const scope = { promptIds: null, since: new Date(now - DAY_MS) };
    const start = (max: number) => airline.tenant.read((tx) => findTrafficStart(tx, scope, max));
    expect(await start(3)).toEqual(at(3).createdAt);
    expect(await start(2)).toEqual(at(2).createdAt);
    expect(await start(4)).toBeNull();
  });

  it("of a prompt that nobody asked is no row", async () => {
    await using world = await openEvalWorld(open);
    await createPrompt(world.airline, { slug: "quiet", description: "" });
    expect((await getTraffic(world.airline, { prompt: "quiet" })).items).toEqual([]);
  });
});
