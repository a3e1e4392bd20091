import { LIMITS } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { createDataset } from "../datasets/create-dataset.ts";
import { putSuite } from "../registry/put-suite.ts";
import {
  addSharedToyModel,
  callerWith,
  createToyPrompt,
  openTestPlatform,
  type TestPlatform,
} from "../testing/index.ts";
import type { VerbInput } from "../verb.ts";
import { scorePlaygroundOutput } from "./score-playground-output.ts";

type Seen = VerbInput<"scorePlaygroundOutput">;

const SEEN: Seen = {
  suite: "plain",
  case: { key: "c1", variables: {}, expected: "yes", tags: [] },
  output: "yes",
  toolCalls: [],
  tools: [],
  latencyMs: null,
  usage: null,
  costMicros: null,
};
const EXACT = { type: "exact-match", weight: 1, options: {} };
const SIMILAR = { type: "similarity", weight: 1, options: {} };

let platform: TestPlatform;
let airline: Context;

beforeAll(async () => {
  platform = await openTestPlatform();
  airline = await platform.tenant("airline");
  await addSharedToyModel(platform.operator, "base");
  await createToyPrompt(airline, "triage", { model: "base", texts: ["One."] });
  await createDataset(airline, { slug: "tickets", description: "" });
  const suite = { prompt: "triage", dataset: "tickets", repeats: 1, passScore: 1 };
  await putSuite(airline, { ...suite, suite: "plain", scorers: [EXACT] });
  await putSuite(airline, { ...suite, suite: "asking", scorers: [EXACT, SIMILAR] });
});
afterAll(() => platform[Symbol.asyncDispose]());

test("an output is scored as in a run", async () => {
  expect(await scorePlaygroundOutput(airline, SEEN)).toMatchObject({
    status: "scored",
    score: 1,
    passed: true,
  });
  expect(await scorePlaygroundOutput(airline, { ...SEEN, output: "no" })).toMatchObject({
    status: "scored",
    score: 0,
    passed: false,
  });
});

test("what would have to ask a model is not scored, and so the output has no score as a whole", async () => {
  const outcome = await scorePlaygroundOutput(airline, { ...SEEN, suite: "asking" });
  expect(outcome).toMatchObject({
    status: "not_scored",
    metrics: [
      { name: "exact-match", outcome: { status: "scored", score: 1 } },
      { name: "similarity", outcome: { status: "not_scored" } },
    ],
  });
  expect(platform.platform.engine.calls).toEqual([]);
});

/** The same callers, whose reads settle together once there are `count`: what follows them comes in one turn. */
function together(count: number): (context: Context) => Context {
  const all = Promise.withResolvers<void>();
  let reads = 0;
  return (context) => ({
    ...context,
    tenant: {
      ...context.tenant,
      read: async (work) => {
        const found = await context.tenant.read(work);
        reads += 1;
        if (reads === count) all.resolve();
        await all.promise;
        return found;
      },
    },
  });
}

test("a tenant that scores at full waits for itself, and is told when to come again", async () => {
  const bank = await platform.tenant("rival");
  await createToyPrompt(bank, "triage", { model: "base", texts: ["One."] });
  await createDataset(bank, { slug: "tickets", description: "" });
  const suite = { prompt: "triage", dataset: "tickets", repeats: 1, passScore: 1 };
  await putSuite(bank, { ...suite, suite: "plain", scorers: [EXACT] });
  let scored = 0;
  const max = LIMITS.playgroundScoringsWaitingMax;
  const atOnce = together(max + 6);
  const asked = Array.from({ length: max + 5 }, () =>
    scorePlaygroundOutput(atOnce(airline), SEEN).then(
      ({ status }) => {
        scored += 1;
        return status;
      },
      ({ code, details }) => [code, typeof details.retryAfterMs],
    ),
  );
  const theirs = await scorePlaygroundOutput(atOnce(bank), SEEN);
  expect(theirs).toMatchObject({ status: "scored" });
  expect(scored).toBeLessThan(max);
  // One is being scored and as many wait as may.
  const refused = Array(4).fill(["queue_full", "number"]);
  expect(await Promise.all(asked)).toEqual([...Array(max + 1).fill("scored"), ...refused]);
});

test("another tenant's suite is unknown, and a key confined to other prompts is refused", async () => {
  const bank = await platform.tenant("bank");
  await expect(scorePlaygroundOutput(bank, SEEN)).rejects.toMatchObject({ code: "not_found" });
  const confined = callerWith(airline, { prompts: ["other"] });
  await expect(scorePlaygroundOutput(confined, SEEN)).rejects.toMatchObject({ code: "scope_missing" });
});
