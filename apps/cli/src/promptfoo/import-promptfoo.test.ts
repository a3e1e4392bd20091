import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allPages } from "@assay/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { openShop, type Shop } from "../testing/open-shop.ts";

const GOLDEN = join(import.meta.dirname, "golden");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-promptfoo-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function assay(argv: readonly string[], variables: Record<string, string> = {}) {
  const io = openMemoryIo({ variables });
  return { code: await runCli(argv, io), ...io.written };
}

async function importConfig(config: object, more: readonly string[] = []) {
  const out = await mkdtemp(join(folder, "tree-"));
  const path = join(out, "c.json");
  await writeFile(path, JSON.stringify(config));
  const { code, stdout, stderr } = await assay([
    "import",
    "promptfoo",
    path,
    "--out",
    out,
    "--json",
    ...more,
  ]);
  const read = (file: string) => readFile(join(out, file), "utf8");
  return { code, stderr, read, imported: stdout === "" ? {} : JSON.parse(stdout) };
}

describe("a config of the documented kinds", () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
  });

  afterAll(() => shop?.close());

  it("gives every case the output and the outcome that promptfoo itself gives it", async () => {
    const config = join(GOLDEN, "promptfooconfig.yaml");
    const argv = ["--out", shop.root, "--tenant", "shop", "--name", "golden", "--model", "echo", "--strict"];
    const imported = await assay(["import", "promptfoo", config, ...argv]);
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringContaining("30 cases.") });
    const env = { ASSAY_URL: shop.url, ASSAY_KEY: shop.key };
    const { stdout } = await assay(["eval", join(shop.root, "evals/shop/golden.yaml"), "--json"], env);
    const [report] = JSON.parse(stdout).suites;
    expect(report.message).toBeUndefined();
    const { run, results } = report;
    const keys: string[] = [];
    const { dataset, datasetVersion: version } = run;
    for await (const { key } of allPages((cursor) => shop.client.listCases({ dataset, version, cursor })))
      keys.push(key);
    type Result = { caseKey: string; outcome: { passed: boolean; output: string } };
    const byKey = new Map((results as Result[]).map(({ caseKey, outcome }) => [caseKey, outcome]));
    const ours = keys.map((key) => ({ output: byKey.get(key)?.output, passed: byKey.get(key)?.passed }));
    const golden = JSON.parse(await readFile(join(GOLDEN, "promptfoo-results.json"), "utf8"));
    expect(ours).toEqual(
      golden.results.map(({ output, passed }: { output: string; passed: boolean }) => ({ output, passed })),
    );
  });
});

describe("what has no counterpart", () => {
  const config = {
    prompts: ["{{ a | nl2br }} {{ env.X }} {% macro m() %}", "file://prompt.js", "kept {{ a }}"],
    providers: ["openai:gpt-4o-mini", "anthropic:claude"],
    sharing: true,
    tests: [
      {
        vars: { a: "1" },
        provider: "x",
        options: { transform: "output.trim()" },
        assert: [
          { type: "javascript", value: "output.length > 3" },
          { type: "is-sql" },
          { type: "regex", value: "(?=a)" },
          { type: "contains", value: "x", transform: "output" },
          { type: "llm-rubric", value: "is polite" },
        ],
      },
      { vars: { a: "2" } },
      "https://docs.google.com/spreadsheets/d/x",
    ],
  };

  it("is named place by place, and the rest is taken over", async () => {
    const { code, imported, read } = await importConfig(config);
    expect(code).toBe(0);
    expect(
      imported.notes.map(({ place, message }: Record<string, string>) => `${place}: ${message}`),
    ).toEqual([
      "sharing: is not taken over",
      "providers: only the first of 2 is taken over",
      'providers: "openai:gpt-4o-mini" becomes the model "gpt-4o-mini": add it with assay connections add and assay models add-hosted, or name another with --model',
      "tests[2]: tests from https://docs.google.com/spreadsheets/d/x cannot be taken over; write them as a CSV, JSONL or YAML file",
      'tests[0]: "provider" cannot be taken over',
      "prompts[1]: file://prompt.js is code or a pattern; write the prompt as text or as messages",
      "prompts[0]: the tag {% macro %} has no counterpart in Liquid",
      'prompts[0]: the condition "m()" is not one that Liquid reads',
      'prompts[0]: the filter "nl2br" has no counterpart in Liquid',
      "prompts[0]: {{ env.X }} reads the environment; make it a variable of the cases",
      'tests[0]: its option "transform" cannot be taken over',
      'tests[0].assert[0]: "javascript" has no counterpart that an import can make',
      'tests[0].assert[1]: "is-sql" has no counterpart that an import can make',
      'tests[0].assert[2]: "regex": look-around and back-references are no part of RE2',
      "tests[0].assert[3]: transform of an assertion cannot be taken over",
      'tests: "llm-rubric" asks a model and is not the same for all tests, so no suite can hold it',
    ]);
    expect(await read("prompts/imported/c-2.yaml")).toContain("content: kept {{ a }}");
  });

  it("ends with 1 when the import is strict", async () => {
    expect(await importConfig(config, ["--strict"])).toMatchObject({ code: 1 });
  });
});

it("takes chats, judges that all tests share, repeats and sampling over", async () => {
  const { imported, read } = await importConfig(
    {
      prompts: [
        '[{"role": "developer", "content": "Be {{ how }}."}, {"role": "user", "content": "{{ q | trim }}"}]',
      ],
      providers: [{ id: "openai:chat:gpt-4o", config: { temperature: 0.2, top_p: 0.5, max_tokens: 9 } }],
      defaultTest: { assert: [{ type: "llm-rubric", value: "is polite" }] },
      tests: [{ vars: { how: "kind", q: "hi" }, metadata: { area: "hello" } }, { vars: { how: "short" } }],
      evaluateOptions: { repeat: 3 },
    },
    ["--model", "tiny"],
  );
  expect(imported.notes).toEqual([]);
  expect(await read("prompts/imported/c.yaml")).toBe(
    `messages:
  - role: system
    content: Be {{ how }}.
  - role: user
    content: "{{ q | strip }}"
variables:
  type: object
  properties:
    how: {}
    q: {}
model: tiny
sampling:
  temperature: 0.2
  topP: 0.5
  maxTokens: 9
`,
  );
  expect(await read("evals/imported/c.yaml")).toBe(
    `prompt: c
dataset: ./c.jsonl
scorers:
  - type: assertions
    threshold: 1
  - threshold: 1
    type: llm-rubric
    options:
      criteria: is polite
repeats: 3
`,
  );
  const cases = (await read("evals/imported/c.jsonl")).trim().split("\n");
  expect(cases.map((line) => JSON.parse(line))).toEqual([
    {
      key: "test-1",
      variables: { how: "kind", q: "hi" },
      tags: ["area:hello"],
      expected: { assertions: [] },
    },
    { key: "test-2", variables: { how: "short", q: null }, expected: { assertions: [] } },
  ]);
});

it("writes over nothing, and says what it cannot read", async () => {
  const out = await mkdtemp(join(folder, "tree-"));
  const config = join(GOLDEN, "promptfooconfig.yaml");
  const argv = ["import", "promptfoo", config, "--out", out, "--model", "echo"];
  expect((await assay(argv)).code).toBe(0);
  expect(await assay(argv)).toMatchObject({ code: 1, stderr: expect.stringContaining("is there already") });
  const missing = await importConfig({ prompts: ["file://none.txt"] });
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("none.txt is not there") });
  expect(await importConfig({ prompts: [] })).toMatchObject({ code: 1 });
});
