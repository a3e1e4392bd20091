import { LIMITS } from "@assay/core";
import { summarizeRun } from "@assay/evaluator";
import { listMeasuredRows } from "@assay/store";
import { expect, it } from "vitest";
import { listAudit } from "../access/index.ts";
import { createDataset } from "../datasets/create-dataset.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { PRODUCTION, refusalOf } from "../promotion/testing/promotion-probes.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { addSharedModel } from "../registry/add-shared-model.ts";
import { callerWith, contentOf, describeEachPlatform, streamOf, toyModel } from "../testing/index.ts";
import { cancelRun } from "./cancel-run.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { listRunResults } from "./list-run-results.ts";
import { listRuns } from "./list-runs.ts";
import { measuredRepeatOf } from "./load-case-scores.ts";
import { startRun } from "./start-run.ts";
import { openEvalWorld } from "./testing/eval-world.ts";

const SUITE = { suite: "triage-suite" };

describeEachPlatform("a run", (open) => {
  it("scores every case and sums them up, with its verdict, in one step", async () => {
    await using world = await openEvalWorld(open);
    const version = await world.addVersion("skill 20");
    const run = await world.evaluate(version);
    expect(run).toMatchObject({
      suite: "triage-suite",
      suiteVersion: 1,
      prompt: "triage",
      promptVersion: version,
      dataset: "tickets",
      datasetVersion: 1,
      status: "completed",
      progress: { total: 60, done: 60 },
      baselineRunId: null,
      summary: { cases: 60, scored: 60, failed: 0, notScored: 0, passed: 40, promptTokens: 180 },
      verdict: { outcome: "fail" },
      error: null,
    });
    expect(run.summary?.score.mean).toBeCloseTo(40 / 60);
    expect(run.summary?.costMicros).toBeNull();
    expect(run.finishedAt).not.toBeNull();
    const { items } = await listAudit(world.airline, { limit: 1 });
    expect(items[0]).toMatchObject({ action: "run.start", object: run.id });
  });

  it("is summed up from its worker's memory as it would be from what is stored", async () => {
    await using world = await openEvalWorld(open);
    await world.putSuite({ repeats: 2, passesMin: 1 });
    const run = await world.evaluate(await world.addVersion("skill 20"));
    const rows = await world.airline.tenant.read((tx) =>
      listMeasuredRows(tx, { runId: run.id, limit: 1_000, withMetrics: true }),
    );
    expect(rows).toHaveLength(120);
    expect(run.summary).toEqual(await summarizeRun(rows.map(measuredRepeatOf), 1));
    expect(run.summary?.metrics).toMatchObject([{ name: "exact-match", notScored: 0 }]);
  });

  it("runs each case as often as the suite says, with a seed of its own each time", async () => {
    await using world = await openEvalWorld(open);
    await world.importCases(5);
    await world.putSuite({ repeats: 3 });
    const run = await world.evaluate(await world.addVersion("skill 0"));
    expect(run).toMatchObject({ progress: { total: 15, done: 15 }, summary: { cases: 5 } });
    const { calls } = world.test.platform.engine;
    expect(calls.map(({ request }) => request.sampling.seed).sort()).toEqual(
      [0, 1, 2].flatMap((seed) => Array(5).fill(seed)),
    );
    expect(new Set(calls.map(({ call }) => call.priority))).toEqual(new Set(["batch"]));
    expect(new Set(calls.map(({ call }) => call.tenantId))).toEqual(new Set([world.airline.tenant.tenantId]));
  });

  it("costs what the model's price says, in whole micro-units", async () => {
    await using world = await openEvalWorld(open);
    const price = { inputMicrosPerMillion: 1_000_000, outputMicrosPerMillion: 2_000_000 };
    const file = streamOf(toyModel({ width: 8, seed: 9 }));
    await addSharedModel(world.test.operator, { slug: "priced", file, ...price });
    const content = contentOf("priced", "skill 0");
    await addPromptVersion(world.airline, { prompt: "triage", content, dryRun: false });
    const run = await world.evaluate(1);
    expect(run.summary?.costMicros).toBe(60 * (3 + 2 * 2));
  });

  it("keeps a case that failed as failed, with no score, and goes on", async () => {
    await using world = await openEvalWorld(open);
    const failure = { code: "context_length_exceeded", message: "too long", retryable: false } as const;
    world.test.platform.engine.answerWith(({ input }) =>
      "messages" in input && input.messages.at(-1)?.content === "q3"
        ? [{ type: "failed", failure, usage: undefined }]
        : "wrong",
    );
    const run = await world.evaluate(await world.addVersion("skill 0"));
    expect(run.summary).toMatchObject({ scored: 59, failed: 1, score: { mean: 0 } });
    const results = await listRunResults(world.airline, { runId: run.id, status: "failed", limit: 10 });
    expect(results.items).toMatchObject([
      { caseKey: "case-3", outcome: { status: "failed", failure: { code: "context_length_exceeded" } } },
    ]);
  });

  it("lists its results in the dataset's order, page by page", async () => {
    await using world = await openEvalWorld(open);
    await world.importCases(5);
    await world.putSuite({ repeats: 2 });
    const { id: runId } = await world.evaluate(await world.addVersion("skill 0"));
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await listRunResults(world.airline, { runId, limit: 3, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ caseKey, repeat }) => `${caseKey}#${repeat}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([0, 1, 2, 3, 4].flatMap((n) => [`case-${n}#0`, `case-${n}#1`]));
    const refusal = await refusalOf(listRunResults(world.airline, { runId, limit: 3, cursor: "bm9wZQ" }));
    expect(refusal.code).toBe("invalid_input");
  });

  it("is of the version that is named by number, by label, or by nothing for the newest", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    for (const text of ["skill 0", "skill 1", "skill 2"]) await world.addVersion(text);
    await moveLabel(airline, { ...PRODUCTION, version: 2 });
    const versionOf = async (draft: object) =>
      (await startRun(airline, { ...SUITE, ...draft })).promptVersion;
    expect(await versionOf({ version: 1 })).toBe(1);
    expect(await versionOf({ label: "production" })).toBe(2);
    expect(await versionOf({ label: "latest" })).toBe(3);
    expect(await versionOf({})).toBe(3);
    expect(await refusalOf(versionOf({ version: 1, label: "production" }))).toMatchObject({
      code: "invalid_input",
    });
    expect(await refusalOf(versionOf({ label: "staging" }))).toMatchObject({ code: "not_found" });
    expect(await refusalOf(versionOf({ version: 9 }))).toMatchObject({ code: "not_found" });
  });

  it("needs a suite, cases, and a key that may touch the prompt", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.addVersion("skill 0");
    expect(await refusalOf(startRun(airline, { suite: "nothing" }))).toMatchObject({ code: "not_found" });
    const confined = callerWith(airline, { prompts: ["other"] });
    expect(await refusalOf(startRun(confined, SUITE))).toMatchObject({ code: "scope_missing" });
    await createDataset(airline, { slug: "empty", description: "" });
    await world.putSuite({ dataset: "empty" });
    expect(await refusalOf(startRun(airline, SUITE))).toMatchObject({ code: "invalid_input" });
  });

  it("is seen by its tenant, and by keys that may touch its prompt", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const { id: runId } = await startRun(world.airline, SUITE);
    const later = await startRun(world.airline, SUITE);
    expect(await refusalOf(getRun(world.bank, { runId }))).toMatchObject({ code: "not_found" });
    expect(await refusalOf(cancelRun(world.bank, { runId }))).toMatchObject({ code: "not_found" });
    const confined = callerWith(world.airline, { prompts: ["other"] });
    expect(await refusalOf(getRun(confined, { runId }))).toMatchObject({ code: "scope_missing" });
    expect((await listRuns(confined, { limit: 10 })).items).toEqual([]);
    expect((await listRuns(world.bank, { limit: 10 })).items).toEqual([]);
    const { items } = await listRuns(world.airline, { limit: 10, ...SUITE });
    expect(items.map(({ id }) => id)).toEqual([later.id, runId]);
    const first = await listRuns(world.airline, { limit: 1 });
    const rest = await listRuns(world.airline, { limit: 1, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([later.id, runId]);
  });

  it("is refused once as many are waiting as may wait", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    for (let count = 0; count < LIMITS.runsQueuedPerTenantMax; count++) await startRun(world.airline, SUITE);
    expect(await refusalOf(startRun(world.airline, SUITE))).toMatchObject({ code: "queue_full" });
  });

  it("fails when what it was to measure has changed while it waited", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const { id: runId } = await startRun(world.airline, SUITE);
    world.test.platform.engineBuildOf = () => "another build";
    await world.work();
    const run = await getRun(world.airline, { runId });
    expect(run).toMatchObject({ status: "failed", summary: null, verdict: null });
    expect(run.error).toContain("engineBuild");
    expect(world.test.platform.engine.calls).toEqual([]);
  });

  it("is stopped by the key that started it, and by keys that may edit, but not by a chat app's", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const { id: runId } = await startRun(world.airline, { suite: "triage-suite" });
    const app = callerWith(world.airline, { keyId: "key_app", scopes: ["use"] });
    expect(await refusalOf(cancelRun(app, { runId }))).toMatchObject({ code: "scope_missing" });
    const own = await startRun(app, { suite: "triage-suite" });
    expect(await cancelRun(app, { runId: own.id })).toMatchObject({ status: "cancelled" });
    const editor = callerWith(world.airline, { keyId: "key_editor", scopes: ["use", "edit"] });
    expect(await cancelRun(editor, { runId })).toMatchObject({ status: "cancelled" });
  });

  it("is cancelled at once while it waits, and is left alone once it has ended", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const { id: runId } = await startRun(world.airline, SUITE);
    const cancelled = await cancelRun(world.airline, { runId });
    expect(cancelled).toMatchObject({ status: "cancelled", progress: { done: 0 } });
    expect(await cancelRun(world.airline, { runId })).toEqual(cancelled);
    const options = { workerId: "worker", signal: new AbortController().signal };
    expect(await executeNextRun(world.test.platform, options)).toBe(false);

    const completed = await world.evaluate(1);
    expect(await cancelRun(world.airline, { runId: completed.id })).toEqual(completed);
  });
});
