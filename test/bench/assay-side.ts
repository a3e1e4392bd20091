import { type Client, createClient } from "@assay/client";
import type { Run } from "@assay/core";
import { type StartedServer, startServer } from "../kit/start-server.ts";
import { pinned } from "./pinned.ts";
import { cpuMs, peakRssMb, resetPeak } from "./process-usage.ts";
import type { Upstream } from "./start-upstream.ts";

/** What one run came to, seen from outside the server's process. */
export interface MeasuredRun {
  /** From asking for the run to its summary being stored, in milliseconds. */
  wallMs: number;
  cpuMs: number;
  peakRssMb: number;
  run: Run;
}

export interface AssaySide extends AsyncDisposable {
  server: StartedServer;
  client: Client;
  key: string;
  /** A second tenant's, whose requests are watched while the first one's run is under way. */
  neighbour: Client;
  /** Stores `cases` cases and a suite on them. */
  prepare(cases: number): Promise<{ dataset: string; suite: string }>;
  /** Adds a version of the prompt that no answer is known for. */
  newVersion(): Promise<void>;
  /** Carries out one run of a prepared suite. */
  run(work: { suite: string; concurrency: number; reuse: "always" | "never" }): Promise<MeasuredRun>;
}

const POLL_MS = 50;

/** Starts a real server on SQLite, as `npm start` does, with the mock as its provider, and two tenants. */
export async function openAssaySide(upstream: Upstream, nodeFlags: readonly string[]): Promise<AssaySide> {
  const server = await startServer({
    environment: {
      ASSAY_SEED: "none",
      OPENAI_API_KEY: "sk-mock",
      OPENAI_BASE_URL: upstream.baseUrl,
      ASSAY_HOSTED_MODELS: "mock",
    },
    command: pinned("measured", [process.execPath, ...nodeFlags]),
  });
  const operator = createClient({ baseUrl: server.url, key: server.keys.operator ?? "" });
  const [{ adminKey }, { adminKey: otherKey }] = await Promise.all([
    operator.createTenant({ slug: "bench", name: "Bench" }),
    operator.createTenant({ slug: "neighbour", name: "Neighbour" }),
  ]);
  const client = createClient({ baseUrl: server.url, key: adminKey.secret });
  await client.createPrompt({ slug: "answering" });
  await client.addPromptVersion({ prompt: "answering", content: PROMPT });
  let versions = 1;
  return {
    server,
    client,
    key: adminKey.secret,
    neighbour: createClient({ baseUrl: server.url, key: otherKey.secret }),
    newVersion: async () => {
      versions += 1;
      const messages = [
        ...PROMPT.messages,
        { role: "user" as const, content: `This is version ${versions}.` },
      ];
      await client.addPromptVersion({ prompt: "answering", content: { ...PROMPT, messages } });
    },
    prepare: (cases) => prepare(client, cases),
    run: (work) => measureRun({ server, client }, work),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const PROMPT = {
  messages: [
    {
      role: "system" as const,
      content: "You answer questions about numbers in one short sentence, and you say how sure you are.",
    },
    { role: "user" as const, content: "What is the answer to question {{ question }}?" },
  ],
  variables: { type: "object", properties: { question: { type: "string" } }, required: ["question"] },
  model: "mock",
  sampling: { temperature: 0, maxTokens: 64 },
};

async function prepare(client: Client, cases: number): Promise<{ dataset: string; suite: string }> {
  const dataset = `numbers-${cases}`;
  const suite = `answers-${cases}`;
  const lines = Array.from({ length: cases }, (_, n) =>
    JSON.stringify({
      key: `question-${n}`,
      variables: { question: String(n) },
      expected: "42",
      tags: [`tag-${n % 5}`],
    }),
  );
  await client.importDataset({ dataset, create: "true", format: "jsonl", text: lines.join("\n") });
  await client.putSuite({ suite, prompt: "answering", dataset, scorers: [{ type: "contains" }] });
  return { dataset, suite };
}

async function measureRun(
  { server, client }: { server: StartedServer; client: Client },
  work: { suite: string; concurrency: number; reuse: "always" | "never" },
): Promise<MeasuredRun> {
  await resetPeak(server.pid);
  const cpuBefore = await cpuMs(server.pid);
  const startedAt = Date.now();
  let run = await client.startRun(work);
  while (run.status === "queued" || run.status === "running") {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    run = await client.getRun({ runId: run.id });
  }
  if (run.status !== "completed" || run.summary?.scored !== run.progress.total) {
    throw new Error(`the run did not score every case: ${JSON.stringify(run)}`);
  }
  const used = (await cpuMs(server.pid)) - cpuBefore;
  // By the server's word, which is the same clock: asking more often would cost it what is measured.
  const wallMs = Date.parse(run.finishedAt ?? "") - startedAt;
  return { wallMs, cpuMs: used, peakRssMb: await peakRssMb(server.pid), run };
}
