import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@assay/client";
import { standInModel, startStandInProvider } from "@assay/engines/testing";
import { openStore } from "@assay/store";
import { checkIntegrity, listTenantRows } from "@assay/store/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { seededRandom } from "./kit/random.ts";
import { type StartedServer, startServer } from "./kit/start-server.ts";

const CRASHES = 20;
const CASES = 400;
const LEASE_MS = 500;
const CASE_MARK = /case-number-\d+/;

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "assay-crash-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test(`${CRASHES} kill -9 at random moments lose nothing acknowledged and compute no finished case again`, {
  timeout: 900_000,
}, async () => {
  // A vendor that outlives the crashes, so that every call it gets can be counted.
  const provider = await startStandInProvider({
    script: standInModel({ beforePiece: () => new Promise((resolve) => setTimeout(resolve, 20)) }),
  });
  onTestFinished(() => provider.close());
  const environment = {
    ASSAY_SEED: "none",
    ASSAY_JOB_LEASE_MS: String(LEASE_MS),
    OPENAI_API_KEY: "sk-stand-in",
    OPENAI_BASE_URL: provider.baseUrl,
    ASSAY_HOSTED_MODELS: "stand-in",
  };
  const random = seededRandom(48);
  const callsOf = (): string[] =>
    provider.requests.map(({ body }) => CASE_MARK.exec(JSON.stringify(body))?.[0] ?? "none");

  let server = await startServer({ dataDir, environment });
  const operator = createClient({ baseUrl: server.url, key: server.keys.operator ?? "" });
  const { tenant, adminKey } = await operator.createTenant({ slug: "acme", name: "Acme" });
  const clientOf = ({ url }: StartedServer) => createClient({ baseUrl: url, key: adminKey.secret });
  const runId = await startRun(clientOf(server));

  const acknowledged: string[] = [];
  const finished = new Map<string, string>();
  for (let crash = 0; crash < CRASHES; crash += 1) {
    const writing = writeUntilCrash(clientOf(server), `crash-${crash}`, acknowledged);
    await new Promise((resolve) => setTimeout(resolve, 100 + random.below(1_400)));
    await server.kill("SIGKILL");
    await writing;
    await inspect();
    const before = callsOf().length;
    server = await startServer({ dataDir, environment });
    const again = callsOf()
      .slice(before)
      .filter((mark) => finished.has(mark));
    expect(again, "a finished case was sent to the vendor again").toEqual([]);
  }

  const client = clientOf(server);
  await expect
    .poll(async () => (await client.getRun({ runId })).status, { timeout: 300_000, interval: 200 })
    .toBe("completed");
  const run = await client.getRun({ runId });
  expect(run.summary).toMatchObject({ cases: CASES, scored: CASES, failed: 0, notScored: 0 });
  await server.kill("SIGTERM");
  const rows = await inspect();
  // A crash between a commit and its answer leaves a prompt that nobody was told of: at most one each time.
  const unacknowledged = (rows.prompts?.length ?? 0) - acknowledged.length - 1;
  expect(unacknowledged).toBeGreaterThanOrEqual(0);
  expect(unacknowledged).toBeLessThanOrEqual(CRASHES);

  /** Opens what the crash left: sound, with everything acknowledged, and no finished result changed. */
  async function inspect(): Promise<Record<string, unknown[]>> {
    const file = join(dataDir, "assay.sqlite");
    expect(checkIntegrity(file)).toEqual(["ok"]);
    const store = await openStore(file);
    const all = await listTenantRows(store, tenant.id);
    await store.close();
    const slugs = new Set(
      (all.prompts ?? []).map((row) => (JSON.parse(String(row)) as { slug: string }).slug),
    );
    expect(
      acknowledged.filter((slug) => !slugs.has(slug)),
      "acknowledged and lost",
    ).toEqual([]);
    for (const row of all.results ?? []) {
      const { caseKey } = JSON.parse(String(row)) as { caseKey: string };
      expect(finished.get(caseKey) ?? row).toBe(row);
      finished.set(caseKey, String(row));
    }
    return all;
  }
});

async function startRun(client: ReturnType<typeof createClient>): Promise<string> {
  await client.createPrompt({ slug: "answering" });
  await client.addPromptVersion({
    prompt: "answering",
    content: {
      messages: [{ placeholder: "history" }],
      model: "stand-in",
      sampling: { temperature: 0, maxTokens: 8 },
    },
  });
  await client.createDataset({ slug: "questions" });
  const lines = Array.from({ length: CASES }, (_, n) =>
    JSON.stringify({ key: `case-number-${n}`, messages: [{ role: "user", content: `case-number-${n}` }] }),
  );
  await client.importDataset({ dataset: "questions", format: "jsonl", text: lines.join("\n") });
  await client.putSuite({
    suite: "answers",
    prompt: "answering",
    dataset: "questions",
    scorers: [{ type: "regex", options: { pattern: ".*" } }],
  });
  return (await client.startRun({ suite: "answers" })).id;
}

/** Creates prompts one after another until the server is gone; only what was answered counts as acknowledged. */
async function writeUntilCrash(
  client: ReturnType<typeof createClient>,
  prefix: string,
  acknowledged: string[],
): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      const { slug } = await client.createPrompt({ slug: `${prefix}-${n}` });
      acknowledged.push(slug);
    } catch {
      return;
    }
  }
}
