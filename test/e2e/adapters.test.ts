import { readFile } from "node:fs/promises";
import { type LocalApp, openLocalApp } from "@assay/api";
import { type Client, ClientError, createClient, followRun } from "@assay/client";
import type { Verdict } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";

const CASES = 60;
const PRODUCTION = { prompt: "triage", label: "production" } as const;

// Real adapters on the real base model: the airline's own, and one that was trained for the bank's labels.

const starterFile = (path: string) => new URL(`../../packages/starter/${path}`, import.meta.url);

let app: LocalApp;
let client: Client;

beforeAll(async () => {
  app = await openLocalApp({ tenant: "airline" });
  client = createClient({ baseUrl: "http://assay.test", key: app.key, fetch: app.fetch });
  await client.createAdapter({ slug: "bought", baseModel: "starter" });
  await client.uploadAdapterVersion({
    adapter: "bought",
    file: new Blob([await readFile(starterFile("models/bank-support.gguf"))]),
  });
  const lines = (await readFile(starterFile("datasets/airline-support.jsonl"), "utf8"))
    .split("\n")
    .slice(0, CASES);
  await client.createDataset({ slug: "mail" });
  await client.importDataset({ dataset: "mail", format: "jsonl", text: lines.join("\n") });
  await client.createPrompt({ slug: "triage" });
  const { content } = await client.getPromptVersion({ prompt: "support-triage", version: 3 });
  const { adapter: _, ...bare } = content;
  await client.addPromptVersion({ prompt: "triage", content: bare });
  await client.moveLabel({ ...PRODUCTION, version: 1 });
  await client.putSuite({
    suite: "triage",
    prompt: "triage",
    dataset: "mail",
    scorers: [{ type: "exact-match", options: { json: true } }],
    gate: { minCases: CASES, minScore: { score: 0.7, on: "mean" }, maxRegression: 0.05 },
  });
  await client.setGate({ ...PRODUCTION, suite: "triage" });
}, 120_000);
afterAll(() => app?.close());

/** Derives a version with the adapter, measures it and tries to promote it. */
async function promote(
  adapter: string,
): Promise<{ version: number; moved: boolean; verdict: Verdict | null }> {
  const { version } = await client.derivePromptVersion({ prompt: "triage", from: "production", adapter });
  if (version === null) throw new Error("a version was to be added");
  const run = await client.startRun({ suite: "triage", version: version.version });
  await followRun(client, run.id);
  try {
    const { moved, verdict } = await client.moveLabel({ ...PRODUCTION, version: version.version });
    return { version: version.version, moved, verdict };
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== "gate_refused") throw error;
    return { version: version.version, moved: false, verdict: error.details?.verdict as Verdict };
  }
}

test("an adapter trained for other labels is refused by the gate, and the right one accepted", async () => {
  const wrong = await promote("bought@1");
  expect(wrong).toMatchObject({ version: 2, moved: false, verdict: { outcome: "fail" } });
  expect(wrong.verdict?.clauses).toContainEqual(
    expect.objectContaining({ clause: "minScore", outcome: "fail" }),
  );
  const right = await promote("airline-support@1");
  expect(right).toMatchObject({ version: 3, moved: true, verdict: { outcome: "pass" } });
  const { items } = await client.listLabels({ prompt: "triage" });
  expect(items).toMatchObject([{ name: "production", version: 3, standing: { kind: "proven" } }]);
}, 240_000);
