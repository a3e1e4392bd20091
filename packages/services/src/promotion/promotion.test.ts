import { expect, it } from "vitest";
import { listAudit } from "../access/index.ts";
import { getRun } from "../evaluation/get-run.ts";
import { startRun } from "../evaluation/start-run.ts";
import { GATE, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { createConnection } from "../registry/create-connection.ts";
import { createHostedModel } from "../registry/create-hosted-model.ts";
import { updateConnection } from "../registry/update-connection.ts";
import { ALLOWED_HOST, callerWith, contentOf, describeEachPlatform } from "../testing/index.ts";
import { listEvidence } from "./list-evidence.ts";
import { listLabelMoves } from "./list-label-moves.ts";
import { listLabels } from "./list-labels.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import {
  clauseOf,
  PRODUCTION,
  refusalOf,
  servedVersion,
  standingOf,
  verdictOf,
} from "./testing/promotion-probes.ts";

describeEachPlatform("a label with a gate", (open) => {
  it("refuses a worse version with every failing clause and its numbers, and accepts a better one", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const first = await world.addVersion("skill 10");
    const worse = await world.addVersion("skill 50");
    const better = await world.addVersion("skill 0");
    await world.evaluate(first);
    await moveLabel(airline, { ...PRODUCTION, version: first });
    expect(await servedVersion(airline)).toBe(first);

    await world.evaluate(worse);
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version: worse }));
    expect(refusal.code).toBe("gate_refused");
    expect(clauseOf(refusal, "minScore")).toMatchObject({ outcome: "fail", bound: 0.7 });
    expect(clauseOf(refusal, "minScore")?.value).toBeCloseTo(10 / 60);
    expect(clauseOf(refusal, "maxRegression")).toMatchObject({ outcome: "fail", bound: -0.05 });
    expect(clauseOf(refusal, "evidence")).toMatchObject({ outcome: "pass" });
    expect(refusal.message).toContain("minScore");
    expect(refusal.message).toContain("0.1667");
    expect(await servedVersion(airline)).toBe(first);

    const run = await world.evaluate(better);
    const answer = await moveLabel(airline, { ...PRODUCTION, version: better });
    expect(answer).toMatchObject({
      moved: true,
      verdict: { outcome: "pass" },
      label: { version: better, isProtected: true, standing: { kind: "proven", runId: run.id } },
    });
    expect(await servedVersion(airline)).toBe(better);
  });

  it("refuses a version without a finished run, and names the command that makes one", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const version = await world.addVersion("skill 0");
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "evidence")?.message).toContain("--version 1");

    const { id } = await startRun(airline, { suite: "triage-suite", version });
    const early = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
    expect(clauseOf(early, "evidence")?.message).toContain(id);
    expect((await listLabels(airline, { prompt: "triage" })).items).toEqual([]);
  });

  it("does not take the evidence of another version", async () => {
    await using world = await openEvalWorld(open);
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const good = await world.addVersion("skill 0");
    const other = await world.addVersion("skill 1");
    await world.evaluate(good);
    const refusal = await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version: other }));
    expect(clauseOf(refusal, "evidence")).toMatchObject({ outcome: "fail" });
  });

  it("keeps a refusal in the audit and nothing else", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const worse = await world.addVersion("skill 50");
    await world.evaluate(worse);
    await refusalOf(moveLabel(airline, { ...PRODUCTION, version: worse }));
    const { items } = await listAudit(airline, { limit: 10 });
    expect(items[0]).toMatchObject({
      action: "label.refused",
      object: "triage@production",
      details: { version: worse, verdict: { outcome: "fail" } },
    });
    const moves = await listLabelMoves(airline, { prompt: "triage", label: "production", limit: 10 });
    expect(moves.items).toEqual([]);
  });

  it("does not take inconclusive for a pass", async () => {
    await using world = await openEvalWorld(open);
    await world.putSuite({ gate: { ...GATE, minCases: 1_000 } });
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const version = await world.addVersion("skill 0");
    await world.evaluate(version);
    const refusal = await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "minCases")).toMatchObject({ outcome: "inconclusive", value: 60, bound: 1_000 });
  });

  it("refuses a version that is better on average and fails a critical case the present one passes", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const present = await world.addVersion("unskill 45");
    const flips = await world.addVersion("skill 2");
    await world.evaluate(present);
    await moveLabel(airline, { ...PRODUCTION, version: present });
    await world.evaluate(flips);
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version: flips }));
    const { clauses } = verdictOf(refusal);
    expect(clauses.filter(({ outcome }) => outcome !== "pass").map(({ clause }) => clause)).toEqual([
      "noFlips",
    ]);
    expect(clauseOf(refusal, "noFlips")).toMatchObject({ value: 2, bound: 0 });
    expect(refusal.message).toContain("case-0");
  });

  it("counts a case that failed against maxErrors, and never as a zero", async () => {
    await using world = await openEvalWorld(open);
    const { airline, test } = world;
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const version = await world.addVersion("skill 0");
    const failure = { code: "context_length_exceeded", message: "too long", retryable: false } as const;
    test.platform.engine.answerWith(({ input }) => {
      const text = "messages" in input ? String(input.messages.at(-1)?.content) : "";
      return text === "q7" ? [{ type: "failed", failure, usage: undefined }] : `a${text.slice(1)}`;
    });
    const run = await world.evaluate(version);
    expect(run.summary).toMatchObject({ scored: 59, failed: 1, score: { mean: 1 } });
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "maxErrors")).toMatchObject({ outcome: "fail", value: 1, bound: 0 });
  });

  it("says what a move would come to, and changes nothing", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const worse = await world.addVersion("skill 50");
    await world.evaluate(worse);
    const answer = await moveLabel(airline, { ...PRODUCTION, version: worse, dryRun: true });
    expect(answer).toMatchObject({ moved: false, label: null, verdict: { outcome: "fail" } });
    expect((await listLabels(airline, { prompt: "triage" })).items).toEqual([]);
  });

  it("makes no second move of a version that is proven already", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const version = await world.addVersion("skill 0");
    await world.evaluate(version);
    await moveLabel(airline, { ...PRODUCTION, version });
    expect(await moveLabel(airline, { ...PRODUCTION, version })).toMatchObject({ moved: false });
    const moves = await listLabelMoves(airline, { prompt: "triage", label: "production", limit: 10 });
    expect(moves.items).toHaveLength(1);
  });

  it("decides a finished run against the suite's gate, with the baseline run first", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const present = await world.addVersion("skill 10");
    await moveLabel(airline, { ...PRODUCTION, version: present });
    const worse = await world.addVersion("skill 30");
    const run = await world.evaluate(worse);
    expect(run.verdict).toMatchObject({ outcome: "fail" });
    expect(run.verdict?.clauses.map(({ clause }) => clause)).toContain("maxRegression");
    const baseline = await getRun(airline, { runId: run.baselineRunId ?? "" });
    expect(baseline).toMatchObject({ promptVersion: present, status: "completed" });
    const again = await startRun(airline, { suite: "triage-suite", version: worse });
    expect(again.baselineRunId).toBe(baseline.id);
  });

  it("is hidden from other tenants, which learn nothing of it", async () => {
    await using world = await openEvalWorld(open);
    const version = await world.addVersion("skill 0");
    const foreign = await refusalOf(moveLabel(world.bank, { ...PRODUCTION, version }));
    const unknown = await refusalOf(moveLabel(world.bank, { ...PRODUCTION, prompt: "nothing", version }));
    expect([foreign.code, foreign.message]).toEqual([unknown.code, unknown.message]);
  });

  it("is not moved by a key confined to other prompts or labels", async () => {
    await using world = await openEvalWorld(open);
    const version = await world.addVersion("skill 0");
    for (const caller of [{ prompts: ["other"] }, { labels: ["staging"] }]) {
      const refusal = await refusalOf(
        moveLabel(callerWith(world.airline, caller), { ...PRODUCTION, version }),
      );
      expect(refusal.code).toBe("scope_missing");
    }
  });
});

describeEachPlatform("evidence", (open) => {
  const provenWorld = async () => {
    const world = await openEvalWorld(open);
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const version = await world.addVersion("skill 0");
    await world.evaluate(version);
    await moveLabel(world.airline, { ...PRODUCTION, version });
    return { world, version };
  };

  it("is stale once the gate asks for other cases, and the label says so until it is proven again", async () => {
    const { world, version } = await provenWorld();
    await using _ = world;
    await world.importCases(70);
    expect(await standingOf(world.airline)).toMatchObject({ kind: "proven" });
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    expect(await standingOf(world.airline)).toMatchObject({ kind: "stale", changed: ["dataset"] });
    const refusal = await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "evidence")?.message).toContain("dataset");

    const run = await world.evaluate(version);
    expect(await moveLabel(world.airline, { ...PRODUCTION, version })).toMatchObject({ moved: true });
    expect(await standingOf(world.airline)).toEqual({ kind: "proven", runId: run.id });
    const { items } = await listEvidence(world.airline, { prompt: "triage", version, limit: 10 });
    expect(items.map(({ isCurrent, changed }) => [isCurrent, changed])).toEqual([
      [true, []],
      [false, ["dataset"]],
    ]);
  });

  it("is stale once the gate names other scorers, and stays current while only the policy changes", async () => {
    const { world, version } = await provenWorld();
    await using _ = world;
    const { airline } = world;
    await world.putSuite({ gate: { ...GATE, minCases: 50 } });
    expect(await standingOf(airline)).toMatchObject({ kind: "proven" });
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    expect(await standingOf(airline)).toMatchObject({ kind: "stale", changed: ["gate"] });
    expect(await moveLabel(airline, { ...PRODUCTION, version })).toMatchObject({ moved: true });
    expect(await standingOf(airline)).toMatchObject({ kind: "proven" });

    await world.putSuite({ scorers: [{ type: "exact-match", weight: 1, options: { ignoreCase: true } }] });
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    expect(await standingOf(airline)).toMatchObject({ kind: "stale", changed: ["suite", "scorers", "gate"] });
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "evidence")).toMatchObject({ outcome: "fail" });
  });

  it("is stale once the connection of its model leads elsewhere", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const baseUrl = `https://${ALLOWED_HOST}/v1`;
    await createConnection(airline, { slug: "provider", kind: "openai-compatible", baseUrl });
    const model = { slug: "hosted", connection: "provider", providerModel: "large" };
    await createHostedModel(airline, model);
    const content = contentOf("hosted", "skill 0");
    await addPromptVersion(airline, { prompt: "triage", content, dryRun: false });
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    await world.evaluate(1);
    await moveLabel(airline, { ...PRODUCTION, version: 1 });
    await updateConnection(airline, { connection: "provider", baseUrl: `${baseUrl}/other` });
    expect(await standingOf(airline)).toMatchObject({ kind: "stale", changed: ["model"] });
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version: 1 }));
    expect(clauseOf(refusal, "evidence")?.message).toContain("model");
  });

  it("is stale once the engine is another build", async () => {
    const { world, version } = await provenWorld();
    await using _ = world;
    world.test.platform.engineBuildOf = () => "another build";
    expect(await standingOf(world.airline)).toMatchObject({ kind: "stale", changed: ["engineBuild"] });
    expect(await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version }))).toMatchObject({
      code: "gate_refused",
    });
  });
});
