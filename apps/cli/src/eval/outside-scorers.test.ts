import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { startProvider } from "../testing/start-provider.ts";
import { startServer } from "../testing/start-server.ts";

const SECRET = "hook-secret";

/** A tenant's own scorer: half a point for each of the two words that the output has. */
async function startHook() {
  const heard: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    heard.push({ url: request.url, headers: request.headers, body });
    const { output } = JSON.parse(body);
    const score = ["WORD", "1"].filter((word) => output.includes(word)).length / 2;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ score, reason: `saw ${output}` }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base` };
}

const PROMPT = `model: echo
messages:
  - { role: system, content: "SHOUT" }
  - placeholder: history
`;
const SUITE = `prompt: shout
dataset: ./words.jsonl
passScore: 0.5
scorers:
  - { type: webhook, options: { connection: hook, path: /score } }
  - { type: icontains, name: word, options: { values: [word] } }
  - { type: string_check, name: same, operation: ilike, input: "{{sample.output_text}}", reference: "{{item.expected}}" }
`;

it("a server asks a tenant's own web hook beside the rest, and runs no script", async () => {
  const [hook, provider] = [await startHook(), await startProvider()];
  const server = await startServer([provider.url, hook.url].map((url) => new URL(url).origin).join(","));
  const root = await mkdtemp(join(tmpdir(), "assay-outside-"));
  onTestFinished(async () => {
    await server.close();
    await provider.close();
    await rm(root, { recursive: true });
  });
  let key = server.operatorKey;
  const assay = async (argv: string[], stdin = "") => {
    const io = openMemoryIo({ variables: { ASSAY_URL: server.url, ASSAY_KEY: key }, stdin });
    return { code: await runCli(argv, io), ...io.written };
  };
  key = (await assay(["tenants", "create", "shop"])).stdout.trim();
  const connect = ["connections", "add", "--secret-file", "-", "--kind"];
  await assay([...connect, "openai-compatible", "--base-url", provider.url, "upstream"], "secret");
  expect((await assay([...connect, "webhook", "--base-url", hook.url, "hook"], SECRET)).stderr).toBe("");
  await assay(["models", "add-hosted", "echo", "--connection", "upstream", "--provider-model", "echo"]);
  for (const folder of ["prompts/shop", "evals/shop"]) await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, "prompts/shop/shout.yaml"), PROMPT);
  const suite = join(root, "evals/shop/hooked.yaml");
  await writeFile(suite, SUITE);
  const row = (n: number) =>
    JSON.stringify({
      key: `k${n}`,
      messages: [{ role: "user", content: `word ${n}` }],
      expected: `Word ${n}`,
    });
  await writeFile(join(root, "evals/shop/words.jsonl"), `${row(1)}\n${row(2)}\n`);

  const { code, stdout, stderr } = await assay(["eval", suite, "--json"]);
  expect(stderr).not.toContain("COULD NOT RUN");
  const results = JSON.parse(stdout).suites[0].results.map(
    (result: { caseKey: string; outcome: { metrics: object[] } }) => [result.caseKey, result.outcome.metrics],
  );
  expect(Object.fromEntries(results)).toMatchObject({
    k1: [
      { name: "webhook", outcome: { score: 1, detail: "saw WORD 1" } },
      { name: "word", type: "contains", outcome: { score: 1 } },
      { name: "same", type: "string-check", outcome: { score: 1 } },
    ],
    k2: [{ outcome: { score: 0.5, detail: "saw WORD 2" } }, {}, {}],
  });
  expect(code).toBe(0);

  expect(hook.heard).toHaveLength(2);
  for (const { url, headers, body } of hook.heard) {
    expect(url).toBe("/base/score");
    const [, time, signature] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-assay-signature"])) ?? [];
    expect(signature).toBe(createHmac("sha256", SECRET).update(`${time}.${body}`).digest("hex"));
  }

  await writeFile(join(root, "evals/shop/judge.mjs"), "export default () => ({ score: 1 });\n");
  await writeFile(
    suite,
    SUITE.replace(/- \{ type: webhook.*/, "- { type: javascript, options: { file: judge.mjs } }"),
  );
  const refused = await assay(["eval", suite]);
  expect(refused.code).toBe(1);
  expect(`${refused.stdout}${refused.stderr}`).toContain("A server runs no scripts");
});
