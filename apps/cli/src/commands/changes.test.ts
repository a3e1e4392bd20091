import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { startProvider } from "../testing/start-provider.ts";
import { startServer, type TestServer } from "../testing/start-server.ts";

// One change of one label on a real server, told in order: each test stands on what those before it made.

let server: TestServer;
let provider: Awaited<ReturnType<typeof startProvider>>;
let key: string;
let approver: string;
let changeId: string;

async function assay(line: string, options: { key?: string; stdin?: string } = {}) {
  const variables = { ASSAY_URL: server.url, ASSAY_KEY: options.key ?? key };
  const io = openMemoryIo({ variables, ...(options.stdin === undefined ? {} : { stdin: options.stdin }) });
  const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  return { code: await runCli(argv, io), ...io.written };
}

async function send(
  path: string,
  { body, by = key, method = "POST" }: { body: object; by?: string; method?: string },
) {
  const headers = { authorization: `Bearer ${by}`, "content-type": "application/json" };
  const response = await fetch(`${server.url}${path}`, { method, headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as { secret?: string; id?: string };
  expect(response.ok, JSON.stringify(answer)).toBe(true);
  return answer;
}

beforeAll(async () => {
  provider = await startProvider();
  server = await startServer(provider.url);
  key = (await assay("tenants create shop", { key: server.operatorKey })).stdout.trim();
  const connect = `connections add upstream --kind openai-compatible --base-url ${provider.url} --secret-file -`;
  await assay(connect, { stdin: "sk-test\n" });
  await assay("models add-hosted echo --connection upstream --provider-model echo");
  await send("/api/prompts", { body: { slug: "greet" } });
  const author = (await send("/api/keys", { body: { name: "author", role: "admin" } })).secret;
  approver = (await send("/api/keys", { body: { name: "approver", role: "promoter" } })).secret ?? "";
  for (const content of ["Hello.", "Good day."]) {
    const messages = [{ role: "system", content }];
    await send("/api/prompts/greet/versions", {
      body: { content: { messages, model: "echo" } },
      by: author ?? "",
    });
  }
  key = author ?? "";
  await assay("promote greet production --to 1");
  await send("/api/datasets", { body: { slug: "words" } });
  await fetch(`${server.url}/api/datasets/words/versions?format=jsonl`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "text/plain" },
    body: `${JSON.stringify({ key: "a", messages: [{ role: "user", content: "hi" }], expected: "x" })}\n`,
  });
  const gate = { minCases: 1, approval: {} };
  const suite = { prompt: "greet", dataset: "words", scorers: [{ type: "exact-match" }], gate };
  await send("/api/suites/greeting", { body: suite, method: "PUT" });
});
afterAll(async () => {
  await server?.close();
  await provider?.close();
});

it("says what a gate asks for, and who set it to what", async () => {
  expect((await assay("gates show greet production")).code).toBe(1);
  expect((await assay("gates set greet production --suite greeting")).code).toBe(0);
  const { stdout } = await assay("gates show greet production");
  expect(stdout).toContain("greet@production is protected by suite greeting@1 on words@1.");
  expect(stdout).toContain("must have been approved by somebody who neither wrote nor proposed the version.");
  const history = JSON.parse((await assay("gates history greet production --json")).stdout);
  expect(history).toMatchObject({
    schema: "assay.gate-history/1",
    items: [{ change: "set", suite: "greeting", suiteVersion: 1, dataset: "words", policy: { minCases: 1 } }],
  });
  expect((await assay("gates history greet production")).stdout).toContain("greeting@1");
});

it("refuses a dry run without approval, with 100, and moves nothing", async () => {
  const { code, stdout } = await assay("promote greet production --to 2 --dry-run");
  expect(code).toBe(100);
  expect(stdout).toContain("✗ approval: Nobody has proposed this move");
  expect(stdout).toContain("greet@production would not move to version 2.");
});

it("proposes, lists and shows a change", async () => {
  const { code, stdout } = await assay('changes propose greet production --to latest --title "More polite"');
  expect(code).toBe(0);
  changeId = stdout.split(":")[0] ?? "";
  expect(stdout).toContain("greet@production from version 1 to version 2");
  expect((await assay("changes list --status open --prompt greet")).stdout).toContain("More polite");
  const shown = (await assay(`changes show ${changeId}`)).stdout;
  expect(shown).toContain("- Hello.");
  expect(shown).toContain("+ Good day.");
  expect(shown).toContain("✗ evidence: There is no finished run");
});

it("does not approve what was not measured, and says so with 100", async () => {
  const { code, stderr } = await assay(`changes approve ${changeId}`, { key: approver });
  expect(code, stderr).toBe(100);
  expect(stderr).toContain("There is no finished run");
});

it("shows evidence, and after approval the move carries the change out", async () => {
  await send("/api/runs", { body: { suite: "greeting", version: 2 } });
  await expect
    .poll(async () => (await assay("evidence greet 2")).stdout, { timeout: 30_000 })
    .toMatch(/greeting .* ✓ pass {2}current/);
  const own = await assay(`changes approve ${changeId}`);
  expect(own.code).toBe(1);
  expect(own.stderr).toContain("somebody else's approval");
  const approved = await assay(`changes approve ${changeId} --reason fine`, { key: approver });
  expect(approved.stdout, approved.stderr).toContain("is approved");
  expect(await assay("promote greet production --to 2")).toMatchObject({ code: 0 });
  expect((await assay(`changes show ${changeId} --json`)).stdout).toContain('"carried_out"');
  expect((await assay(`changes withdraw ${changeId} --reason late`)).code).toBe(1);
});
