import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@assay/core";
import { type MetricTask, type OutputToScore, scoreOutput } from "@assay/evaluator";
import { expect, test } from "vitest";
import type { Platform } from "../context.ts";
import { type ScoringRun, scorerPorts } from "./scorer-ports.ts";
import { ScoringThread, scoringThread } from "./scoring-thread.ts";
import type { ScoringTask } from "./scoring-thread-main.ts";

const BOUNDS = { timeoutMs: 60_000, waitingPerTenantMax: 8 };

function taskOf(output: string, use: { type: string; options?: object }, expected: unknown): ScoringTask {
  return {
    output,
    toolCalls: [],
    tools: [],
    meanLogprob: null,
    testCase: { key: "c", variables: {}, expected: expected as string, tags: [] },
    latencyMs: null,
    usage: undefined,
    costMicros: null,
    uses: [{ weight: 1, options: {}, ...use }] as ScoringTask["uses"],
    passScore: 1,
  };
}

const SHORT = taskOf("yes", { type: "exact-match" }, "yes");
/** Some hundredths of a second at least, in one piece. */
const LONG = taskOf("b a d c ".repeat(2_000), { type: "levenshtein" }, "a b c d ".repeat(2_000));

/** Schemas that take a second each to compile, in one piece. */
function endlessTask(): ScoringTask {
  const assertions = Array.from({ length: 40 }, (_, which) => ({
    type: "json-schema",
    options: {
      schema: { title: `${which}`, allOf: Array.from({ length: 900 }, () => ({ type: "string" })) },
    },
  }));
  return taskOf('"x"', { type: "assertions" }, { assertions });
}

test("the process goes on while an output is scored", async () => {
  const thread = new ScoringThread(BOUNDS);
  await thread.score("airline", SHORT);
  let isScored = false;
  let turns = 0;
  const scored = thread.score("airline", LONG).finally(() => {
    isScored = true;
  });
  for (; !isScored; turns += 1) await nextTurn();
  expect(await scored).toMatchObject({ status: "scored" });
  expect(turns).toBeGreaterThan(20);
});

test("a tenant that has much to score is served by turns with one that has little", async () => {
  const thread = new ScoringThread(BOUNDS);
  const order: string[] = [];
  const score = (tenant: string) => thread.score(tenant, LONG).then(() => order.push(tenant));
  const all = Array.from({ length: 8 }, () => score("airline"));
  all.push(score("bank"));
  await Promise.all(all);
  expect(order).toHaveLength(9);
  expect(order.indexOf("bank")).toBeLessThanOrEqual(2);
});

test("a tenant whose outputs take long holds up only itself", async () => {
  const thread = new ScoringThread({ ...BOUNDS, timeoutMs: 1_000 });
  const order: string[] = [];
  const score = (tenant: string, task: ScoringTask) =>
    thread.score(tenant, task).then(() => order.push(tenant));
  const endless = [score("airline", endlessTask()), score("airline", endlessTask())];
  await Promise.all([...endless, ...Array.from({ length: 4 }, () => score("bank", SHORT))]);
  expect(order).toEqual(["airline", "bank", "bank", "bank", "bank", "airline"]);
});

test("more than may wait are refused with when to come again, another tenant's are not", async () => {
  const thread = new ScoringThread(BOUNDS);
  const scores = Array.from({ length: 9 }, () => thread.score("airline", SHORT));
  const refusal = await thread.score("airline", SHORT).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(AppError);
  expect(refusal).toMatchObject({ code: "queue_full", details: { retryAfterMs: expect.any(Number) } });
  expect(await thread.score("bank", SHORT)).toMatchObject({ status: "scored" });
  await Promise.all(scores);
  expect(await thread.score("airline", SHORT)).toMatchObject({ status: "scored" });
});

test("what takes too long is ended, has no score, and holds up nobody after it", async () => {
  const thread = new ScoringThread({ ...BOUNDS, timeoutMs: 1_000 });
  const [endless, next] = await Promise.all([
    thread.score("airline", endlessTask()),
    thread.score("bank", SHORT),
  ]);
  expect(endless).toEqual({
    status: "not_scored",
    reason: expect.stringContaining("score it in a run"),
    metrics: [],
    output: '"x"',
  });
  expect(next).toMatchObject({ status: "scored", score: 1 });
});

test("what was scored while the process itself stood still for too long counts", async () => {
  const thread = new ScoringThread({ ...BOUNDS, timeoutMs: 2_000 });
  await thread.score("airline", SHORT);
  // A turn that begins with the timers.
  await nextTurn();
  const scored = thread.score("airline", SHORT);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000);
  expect(await scored).toMatchObject({ status: "scored" });
});

test("a bug of ours is one, and the thread scores on", async () => {
  const thread = new ScoringThread(BOUNDS);
  const unchecked = taskOf("yes", { type: "no-such-scorer" }, "yes");
  await expect(thread.score("airline", unchecked)).rejects.toThrow("scoring failed");
  expect(await thread.score("airline", SHORT)).toMatchObject({ status: "scored" });
});

test("what cannot be sent to the thread fails alone, whether the thread listens already or not", async () => {
  const thread = new ScoringThread(BOUNDS);
  const unsendable = { ...SHORT, tools: [() => undefined] } as unknown as ScoringTask;
  await expect(thread.score("airline", unsendable)).rejects.toThrow("could not be cloned");
  expect(await thread.score("bank", SHORT)).toMatchObject({ status: "scored" });
  await expect(thread.score("airline", unsendable)).rejects.toThrow("could not be cloned");
  expect(await thread.score("bank", SHORT)).toMatchObject({ status: "scored" });
});

test("the process goes on while a run's output is judged by what is heavy", async () => {
  const run = { tenantId: "airline", signal: new AbortController().signal } as ScoringRun;
  const ports = scorerPorts({ scripts: null } as Platform, run);
  const score = (task: ScoringTask) => scoreOutput({ ...task, ports } as OutputToScore);
  // The first starts the thread.
  await score(LONG);
  let isScored = false;
  let turns = 0;
  const scored = score(LONG).finally(() => {
    isScored = true;
  });
  for (; !isScored; turns += 1) await nextTurn();
  expect(await scored).toMatchObject({ status: "scored" });
  expect(turns).toBeGreaterThan(20);
});

test("nobody who looks at an output waits for what a run has judged", async () => {
  const stopping = new AbortController();
  const ports = scorerPorts(
    { scripts: null } as Platform,
    { tenantId: "airline", signal: stopping.signal } as ScoringRun,
  );
  // The first starts the thread: what is judged is given up after a time, which may not go by with that.
  await scoringThread.score("airline", SHORT);
  let isJudged = false;
  const judged = scoreOutput({ ...endlessTask(), ports }).finally(() => {
    isJudged = true;
  });
  const ended = expect(judged).rejects.toThrow("stopped");
  expect(await scoringThread.score("airline", SHORT)).toMatchObject({ status: "scored" });
  expect(isJudged).toBe(false);
  stopping.abort(new Error("stopped"));
  await ended;
});

function metricOf({ uses: [use], passScore: _, ...input }: ScoringTask): MetricTask {
  if (use === undefined) throw new Error("a task has a scorer");
  return { use, input, stepsLeft: 20_000_000 };
}

test("a run that was stopped waits for nothing, and holds up nobody", async () => {
  const thread = new ScoringThread(BOUNDS);
  const stopping = new AbortController();
  const judge = (task: ScoringTask) => thread.judge("airline", metricOf(task), stopping.signal);
  const judged = Promise.allSettled([judge(endlessTask()), judge(SHORT)]);
  const other = thread.score("bank", SHORT);
  stopping.abort(new Error("stopped"));
  expect(await judged).toEqual(Array(2).fill({ status: "rejected", reason: new Error("stopped") }));
  expect(await other).toMatchObject({ status: "scored" });
  await expect(judge(SHORT)).rejects.toThrow("stopped");
});

test("what waited for its turn when its run was stopped leaves its place in the line", async () => {
  const thread = new ScoringThread({ ...BOUNDS, waitingPerTenantMax: 1 });
  const stopping = new AbortController();
  const other = thread.score("bank", SHORT);
  const judged = thread.judge("airline", metricOf(endlessTask()), stopping.signal);
  stopping.abort(new Error("stopped"));
  await expect(judged).rejects.toThrow("stopped");
  expect(await thread.score("airline", SHORT)).toMatchObject({ status: "scored" });
  expect(await other).toMatchObject({ status: "scored" });
});

test("what one scorer of a run may not take has no score, and uses up what its case may take", async () => {
  const thread = new ScoringThread({ ...BOUNDS, timeoutMs: 500 });
  const task = metricOf(endlessTask());
  expect(await thread.judge("airline", task, new AbortController().signal)).toEqual({
    outcome: { status: "not_scored", reason: expect.stringContaining("more time or memory") },
    stepsLeft: 0,
  });
});
