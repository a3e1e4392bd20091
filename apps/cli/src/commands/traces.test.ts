import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { startProvider } from "../testing/start-provider.ts";
import { startServer, type TestServer } from "../testing/start-server.ts";

let server: TestServer;
let provider: Awaited<ReturnType<typeof startProvider>>;
let key: string;

async function assay(line: string, options: { key?: string; stdin?: string } = {}) {
  const variables = { ASSAY_URL: server.url, ASSAY_KEY: options.key ?? key };
  const io = openMemoryIo({ variables, ...(options.stdin === undefined ? {} : { stdin: options.stdin }) });
  return { code: await runCli(line.split(" "), io), ...io.written };
}

async function post(path: string, body: object): Promise<Response> {
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok, path).toBe(true);
  return response;
}

beforeAll(async () => {
  provider = await startProvider();
  server = await startServer(provider.url);
  key = (await assay("tenants create shop", { key: server.operatorKey })).stdout.trim();
  const connect = `connections add upstream --kind openai-compatible --base-url ${provider.url} --secret-file -`;
  await assay(connect, { stdin: "sk-test\n" });
  await assay("models add-hosted echo --connection upstream --provider-model echo");
  await post("/api/prompts", { slug: "greet" });
  const messages = [{ role: "system", content: "Hello." }, { placeholder: "history" }];
  await post("/api/prompts/greet/versions", { content: { messages, model: "echo" } });
  await post("/api/datasets", { slug: "words" });
});

afterAll(async () => {
  await server?.close();
  await provider?.close();
});

it("keeps requests where somebody says so, shows them and makes cases of them", async () => {
  expect((await assay("traces keep greet")).stdout).toContain("nothing that users write is kept");
  expect((await assay("traces keep greet --share 1 --days 3")).stdout).toContain("100 % of requests");
  const question = { role: "user", content: "write to ada@example.com" };
  const response = await post("/v1/chat/completions", { model: "prompt:greet@1", messages: [question] });
  const id = response.headers.get("x-assay-trace-id");
  const token = response.headers.get("x-assay-feedback-token");
  await response.text();
  await post("/v1/feedback", { token, thumb: "down", correction: "NO" });
  const listed = await assay("traces list --prompt greet --kept --feedback --max-score 0.5");
  expect(listed.stdout).toMatch(new RegExp(`${id}\\s+\\S+\\s+greet@1\\s+completed`));
  expect((await assay("traces list --prompt greet --min-score 0.5")).stdout).not.toContain(id);
  expect((await assay(`traces show ${id}`)).stdout).toMatch(/user: write to ada@example.com.*should be: NO/s);
  const shown = await assay(`traces add-to-dataset words ${id} --tags production`);
  expect(shown.stdout).toMatch(/write to \[EMAIL_1\]\s+NO\s+\[EMAIL_1\] in \/messages\/0\/content/);
  expect(shown.stdout).toContain("1 cases would be added");
  const added = await assay(`traces add-to-dataset words ${id} --yes`);
  expect(added.stdout).toContain("+ words@1: 1 cases, 1 of them new");
});

it("says what is wrong with an option", async () => {
  expect((await assay("traces add-to-dataset words trc_1 --redact nonsense")).code).toBe(2);
  expect((await assay("traces keep greet --share 2")).code).toBe(2);
  expect((await assay("traces keep greet --days 2")).code).toBe(2);
});
