import { expect, it } from "vitest";
import { moveLabel } from "../promotion/move-label.ts";
import { setGate } from "../promotion/set-gate.ts";
import { PRODUCTION } from "../promotion/testing/promotion-probes.ts";
import { createConnection } from "../registry/create-connection.ts";
import { createHostedModel } from "../registry/create-hosted-model.ts";
import { updateConnection } from "../registry/update-connection.ts";
import { ALLOWED_HOST, describeEachPlatform } from "../testing/index.ts";
import { getRun } from "./get-run.ts";
import { startRun } from "./start-run.ts";
import { type EvalWorld, openEvalWorld } from "./testing/eval-world.ts";
import { isJudging, judgedOutput, openJudgedWorld } from "./testing/judged-world.ts";

const GATED = { prompt: "triage", label: "production", suite: "triage-suite" };
const MEAN = {
  label: "production",
  minCases: 30,
  minScore: { score: 0.7, on: "mean" as const },
  maxErrors: 0,
  noFlips: [],
};
const STRICT = `https://${ALLOWED_HOST}/strict`;
const LENIENT = `https://${ALLOWED_HOST}/lenient`;

/** Runs the version, puts the connection back as it was, and answers how the run ended and what the label says of it. */
async function runAndAsk(
  { airline, work }: EvalWorld,
  { connection, version }: { connection: string; version: number },
) {
  const { id: runId } = await startRun(airline, { suite: "triage-suite", version, concurrency: 1 });
  await work();
  await updateConnection(airline, { connection, baseUrl: STRICT });
  const { status, error } = await getRun(airline, { runId });
  const { verdict } = await moveLabel(airline, { ...PRODUCTION, version, dryRun: true });
  return { status, error, evidence: verdict?.clauses.find(({ clause }) => clause === "evidence")?.outcome };
}

describeEachPlatform(
  "a connection that leads elsewhere while a run is scored, and back again afterwards",
  (open) => {
    it("leaves no evidence where it is a web hook's, and the other address is not asked", async () => {
      await using world = await openEvalWorld(open);
      const { airline, test } = world;
      await createConnection(airline, { slug: "hook", kind: "webhook", baseUrl: STRICT });
      const scorers = [{ type: "webhook", weight: 1, options: { connection: "hook", path: "/score" } }];
      await world.putSuite({ scorers, gate: MEAN });
      await setGate(airline, GATED);
      const sent: string[] = [];
      test.platform.webhooks.send = async ({ url }) => {
        sent.push(url);
        if (sent.length === 1) await updateConnection(airline, { connection: "hook", baseUrl: LENIENT });
        return {
          status: "answered",
          text: JSON.stringify({ score: url.startsWith(LENIENT) ? 1 : 0, reason: url }),
        };
      };
      const version = await world.addVersion("never right");
      expect(await runAndAsk(world, { connection: "hook", version })).toMatchObject({
        status: "failed",
        error: expect.stringContaining('The connection "hook" was changed while the run asked it'),
        evidence: "fail",
      });
      expect(sent.filter((url) => url.startsWith(LENIENT))).toEqual([]);
    });

    it("leaves no evidence where it is the judge's, and the other model is not asked", async () => {
      await using world = await openJudgedWorld(open);
      const { airline, test } = world;
      await createConnection(airline, { slug: "judges", kind: "openai-compatible", baseUrl: STRICT });
      await createHostedModel(airline, { slug: "judge-model", connection: "judges", providerModel: "m" });
      await world.putJudge("Be fair and strict.", { gate: MEAN }, "judge-model");
      await setGate(airline, GATED);
      const judgedAt: string[] = [];
      test.platform.engine.answerWith((request) => {
        if (!isJudging(request)) return "wrong";
        const { target } = request;
        const baseUrl = target.kind === "hosted" ? target.baseUrl : "";
        judgedAt.push(baseUrl);
        return JSON.stringify({
          reason: "seen",
          pass: baseUrl === LENIENT || judgedOutput(request) !== "wrong",
        });
      });
      const { generate } = test.platform.engine;
      test.platform.engine.generate = async function* (...asked) {
        if (isJudging(asked[0]) && judgedAt.length === 1)
          await updateConnection(airline, { connection: "judges", baseUrl: LENIENT });
        yield* generate.apply(test.platform.engine, asked);
      };
      const version = await world.addVersion("never right");
      expect(await runAndAsk(world, { connection: "judges", version })).toMatchObject({
        status: "failed",
        error: expect.stringContaining("was changed while the run asked it"),
        evidence: "fail",
      });
      expect(judgedAt).not.toContain(LENIENT);
    });

    it("leaves no evidence where it is the embedding model's, and the other model is not asked", async () => {
      await using world = await openEvalWorld(open);
      const { airline, test } = world;
      await createConnection(airline, { slug: "vectors", kind: "openai-compatible", baseUrl: STRICT });
      await createHostedModel(airline, { slug: "embedder", connection: "vectors", providerModel: "m" });
      const scorers = [{ type: "similarity", weight: 1, options: { model: "embedder" } }];
      await world.putSuite({ scorers, gate: MEAN });
      await setGate(airline, GATED);
      const embeddedAt: string[] = [];
      test.platform.engine.embed = async ({ target, texts }) => {
        const baseUrl = target.kind === "hosted" ? target.baseUrl : "";
        embeddedAt.push(baseUrl);
        if (embeddedAt.length === 1)
          await updateConnection(airline, { connection: "vectors", baseUrl: LENIENT });
        return { status: "completed", vectors: texts.map(() => [1]), usage: undefined };
      };
      const version = await world.addVersion("never right");
      expect(await runAndAsk(world, { connection: "vectors", version })).toMatchObject({
        status: "failed",
        error: expect.stringContaining('The model "embedder" was changed while the run asked it'),
        evidence: "fail",
      });
      expect(embeddedAt).not.toContain(LENIENT);
    });
  },
);
