import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@assay/core";
import { expect, test } from "vitest";
import { ScoringThread } from "./scoring-thread.ts";
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

test("a bug of ours is one, and the thread scores on", async () => {
  const thread = new ScoringThread(BOUNDS);
  const unchecked = taskOf("yes", { type: "no-such-scorer" }, "yes");
  await expect(thread.score("airline", unchecked)).rejects.toThrow("scoring failed");
  expect(await thread.score("airline", SHORT)).toMatchObject({ status: "scored" });
});
