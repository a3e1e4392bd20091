import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MetricScore } from "@assay/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findJudgeFiles } from "../prompt-files/judge-folder.ts";
import { readPromptFile } from "../prompt-files/prompt-file.ts";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { startProvider } from "../testing/start-provider.ts";
import { startServer, type TestServer } from "../testing/start-server.ts";

// One judge on a real server, told in order: each test stands on what those before it made.

let server: TestServer;
let provider: Awaited<ReturnType<typeof startProvider>>;
let root: string;
let key: string;
let annotator: string;
let runId: string;

async function assay(line: string, options: { key?: string; stdin?: string } = {}) {
  const variables = { ASSAY_URL: server.url, ASSAY_KEY: options.key ?? key };
  const io = openMemoryIo({ variables, ...(options.stdin === undefined ? {} : { stdin: options.stdin }) });
  const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  return { code: await runCli(argv, io), ...io.written };
}

const parsed = async (line: string, by = key) =>
  JSON.parse((await assay(`${line} --json`, { key: by })).stdout);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "assay-judges-"));
  provider = await startProvider();
  server = await startServer(provider.url);
  const first = (await assay("tenants create shop", { key: server.operatorKey })).stdout.trim();
  annotator = (await parsed("keys create annotator --role editor", first)).secret;
  // Whoever makes a key sees its secret: the judge's author must not be who made the annotator's.
  key = (await parsed("keys create author --role admin", first)).secret;
  const connect = `connections add upstream --kind openai-compatible --base-url ${provider.url} --secret-file -`;
  await assay(connect, { stdin: "sk-test\n" });
  await assay("models add-hosted echo --connection upstream --provider-model echo");
  for (const folder of ["prompts/shop", "evals/shop"]) await mkdir(join(root, folder), { recursive: true });
  const prompt =
    "model: echo\nmessages:\n  - { role: system, content: SHOUT }\nvariables: { type: object, additionalProperties: true }\n";
  await writeFile(join(root, "prompts/shop/shout.yaml"), prompt);
  await assay(`prompts apply ${join(root, "prompts/shop")}`);
  // Digits alone cannot be shouted, and the stand-in judge misses a word before them.
  const cases = Array.from({ length: 20 }, (_, n) => ({
    key: `case-${n}`,
    messages: [{ role: "user", content: n % 4 === 0 ? `${n}` : `word ${n}` }],
  }));
  await writeFile(join(root, "evals/shop/cases.jsonl"), cases.map((row) => JSON.stringify(row)).join("\n"));
  await writeFile(
    join(root, "evals/shop/shouting.yaml"),
    `prompt: shout
dataset: cases.jsonl
scorers: [{ type: llm-rubric, name: loud, options: { criteria: It shouts. } }]
gate: { minCases: 10, minScore: { score: 0.5, on: mean }, judges: { minKappa: 0.5, minLabels: 20 } }
`,
  );
});

afterAll(async () => {
  await server?.close();
  await provider?.close();
  await rm(root, { recursive: true, force: true });
});

it("judges install adds the judges' prompts on the model that is named, and nothing twice", async () => {
  expect(await assay("judges install llm-rubric pairwise --model echo")).toMatchObject({
    code: 0,
    stdout: "+ judge-llm-rubric@1\n+ judge-pairwise@1\n",
  });
  expect((await assay("judges install llm-rubric --model echo")).stdout).toContain("(unchanged)");
  expect(await assay("judges install llm-rubrik --model echo")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("there are answer-relevance, closed-qa"),
  });
});

it("a gate asks for people's labels before it believes a judge", async () => {
  const { code, stdout } = await assay(`eval ${join(root, "evals/shop/shouting.yaml")} --json`);
  expect(code).toBe(100);
  const [{ run }] = JSON.parse(stdout).suites;
  runId = run.id;
  expect(run.verdict).toMatchObject({ outcome: "inconclusive" });
  expect(await assay("gates set shout production --suite shouting")).toMatchObject({ code: 0 });
  const dry = await assay("promote shout production --to 1 --dry-run");
  expect(dry.code).toBe(100);
  expect(dry.stdout).toContain("judgeAgreement");
});

it("annotations create, fill, next and label bring the labels in, and the gate then passes", async () => {
  await assay('annotations create loud --prompt shout --metric loud --ask "Does it shout?"');
  expect((await assay(`annotations fill loud --run ${runId}`)).stdout).toContain("20 added");
  for (let count = 0; count < 20; count++) {
    const { task } = await parsed("annotations next loud", annotator);
    const side = /WORD/.test(task.output) ? "--pass" : "--fail";
    expect(await assay(`annotations label loud ${task.itemId} ${side}`, { key: annotator })).toMatchObject({
      code: 0,
    });
  }
  expect((await assay("annotations next loud", { key: annotator })).stdout).toContain("Nothing");
  expect((await assay("annotations agreement loud")).stdout).toContain("κ 1.00");
  expect((await assay("annotations items loud")).stdout).toContain("case-0");
  expect((await assay("annotations list")).stdout).toContain("Does it shout?");
  expect(await assay("promote shout production --to 1 --dry-run")).toMatchObject({ code: 0 });
});

it("every judge's prompt as it ships takes what its scorer shows, and shows all of it as data", async () => {
  await assay("judges install --model echo");
  const files = await findJudgeFiles([], undefined);
  for (const { path } of files) {
    for (const message of (await readPromptFile(path)).messages) {
      const text = "content" in message ? message.content : "";
      expect(text.replaceAll(/<data>\{\{ \w+ \}\}<\/data>/g, ""), path).not.toMatch(/\{[{%]/);
    }
  }
  const needed: Record<string, string> = {
    "g-eval": "options: { criteria: good }, ",
    "closed-qa": "options: { question: good? }, ",
  };
  const scorers = files.map(({ type }) => `  - { type: ${type}, ${needed[type] ?? ""}weight: 0 }`);
  const testCase = {
    key: "a",
    messages: [{ role: "user", content: "word" }],
    variables: { context: ["one", "two"], alternatives: ["left"] },
    expected: "WORD",
  };
  await writeFile(join(root, "evals/shop/one.jsonl"), JSON.stringify(testCase));
  const suite = `prompt: shout\ndataset: one.jsonl\nscorers:\n  - { type: is-json }\n${scorers.join("\n")}\n`;
  await writeFile(join(root, "evals/shop/judges.yaml"), suite);
  const { stdout } = await assay(`eval ${join(root, "evals/shop/judges.yaml")} --json`);
  const [{ run }] = JSON.parse(stdout).suites;
  const response = await fetch(`${server.url}/api/runs/${run.id}/results`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { items } = (await response.json()) as { items: { outcome: { metrics: MetricScore[] } }[] };
  const reasons = items[0]?.outcome.metrics.flatMap(({ type, outcome }) =>
    outcome.status === "not_scored" ? [`${type}: ${outcome.reason}`] : [],
  );
  // The stand-in answers as a rubric's judge; to any other judge that is a verdict of the wrong form.
  const asked = files.map(({ type }) => type).filter((type) => type !== "llm-rubric");
  expect(reasons).toEqual(
    asked.map((type) =>
      expect.stringMatching(`^${type}: the judge gave no answer: The answer breaks its JSON Schema`),
    ),
  );
});

it("annotations label wants one answer", async () => {
  const item = `ani_${"0".repeat(32)}`;
  expect(await assay(`annotations label loud ${item}`)).toMatchObject({ code: 2 });
  expect(await assay(`annotations label loud ${item} --pass --fail`)).toMatchObject({ code: 2 });
});
