import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { startProvider } from "../testing/start-provider.ts";
import { startServer, type TestServer } from "../testing/start-server.ts";

// One tenant's life on a real server, told in order: each test stands on what those before it made.

let server: TestServer;
let provider: Awaited<ReturnType<typeof startProvider>>;
let root: string;
let key: string;

async function assay(line: string, options: { stdin?: string; key?: string } = {}) {
  const variables = { ASSAY_URL: server.url, ASSAY_KEY: options.key ?? key };
  const io = openMemoryIo({ variables, ...(options.stdin === undefined ? {} : { stdin: options.stdin }) });
  const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  return { code: await runCli(argv, io), ...io.written };
}

const promptFile = (system: string) => `# kept by pull
model: echo
messages:
  - { role: system, content: "${system}" }
  - placeholder: history
sampling: { temperature: 0 }
`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "assay-cli-tree-"));
  provider = await startProvider();
  server = await startServer(provider.url);
  for (const folder of ["prompts/shop", "evals/shop", "data"])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, "prompts/shop/shout.yaml"), promptFile("SHOUT"));
  await writeFile(join(root, "prompts/shop/shout.worse.yaml"), promptFile("Whisper"));
  const cases = Array.from({ length: 40 }, (_, n) => ({
    key: `case-${n}`,
    messages: [{ role: "user", content: `word ${n}` }],
    expected: `WORD ${n}`,
    tags: n % 2 === 0 ? ["even"] : [],
  }));
  await writeFile(join(root, "data/words.jsonl"), cases.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await writeFile(
    join(root, "evals/shop/shouting.yaml"),
    `prompt: shout
dataset: ../../data/words.jsonl
scorers: [{ type: exact-match }]
gate: { label: production, minCases: 30, minScore: { score: 0.8 }, noFlips: [even] }
`,
  );
});

afterAll(async () => {
  await server?.close();
  await provider?.close();
  await rm(root, { recursive: true, force: true });
});

describe("the operator", () => {
  it("creates a tenant and is given its key once, alone on stdout", async () => {
    const { code, stdout } = await assay("tenants create shop", { key: server.operatorKey });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ask_\S+\n$/);
    key = stdout.trim();
    expect((await assay("tenants list", { key: server.operatorKey })).stdout).toContain("shop");
  });
});

describe("keys", () => {
  it("are made for a purpose, tell who they are, and end when revoked", async () => {
    const made = JSON.parse((await assay("keys create app --scopes use,read --prompts shout --json")).stdout);
    expect((await assay("whoami", { key: made.secret })).stdout).toContain("shop: use, read");
    expect((await assay("keys list")).stdout).toContain("app");
    expect((await assay(`keys revoke ${made.key.id}`)).code).toBe(0);
    const refused = await assay("whoami", { key: made.secret });
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("unknown, revoked or expired"),
    });
  });
});

describe("models", () => {
  it("are reached through a connection whose secret comes from standard input and is never shown", async () => {
    const secret = "sk-very-secret";
    const added = await assay(
      `connections add upstream --kind openai-compatible --base-url ${provider.url} --secret-file -`,
      { stdin: `${secret}\n` },
    );
    expect(added.code).toBe(0);
    const listed = await assay("connections list --json");
    expect(JSON.parse(listed.stdout).items[0]).toMatchObject({ slug: "upstream", hasSecret: true });
    expect(added.stdout + added.stderr + listed.stdout).not.toContain(secret);
    expect((await assay("models add-hosted echo --connection upstream --provider-model echo")).code).toBe(0);
    expect((await assay("models list")).stdout).toMatch(/echo\s+tenant\s+hosted\s+upstream: echo/);
  });

  it("are refused when the file is no model, with a sentence that says why", async () => {
    await writeFile(join(root, "bad.gguf"), "this is no model");
    const { code, stderr } = await assay(`models add ${join(root, "bad.gguf")}`);
    expect(stderr).toMatch(/GGUF/);
    expect(code).toBe(1);
  });

  it("are refused for the same reason as adapters", async () => {
    const { code, stderr } = await assay(`adapters add lora ${join(root, "bad.gguf")} --base echo`);
    expect(code).toBe(1);
    expect(stderr).not.toBe("");
    expect((await assay("adapters list --json")).code).toBe(0);
  });
});

describe("prompts as files", () => {
  const dir = () => join(root, "prompts");

  it("are planned without changing anything, then applied, then at rest", async () => {
    const plan = await assay(`prompts plan ${dir()}`);
    expect(plan).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("+ shout: a new prompt, version 1"),
    });
    expect(plan.stdout).toContain("shout.worse.yaml: a variant");
    expect(await assay(`prompts apply ${dir()}`)).toMatchObject({ code: 0, stdout: "+ shout@1\n" });
    expect(await assay(`prompts apply ${dir()}`)).toMatchObject({
      code: 0,
      stdout: "= shout@1 (unchanged)\n",
    });
    expect((await assay(`prompts plan ${dir()}`)).stdout).toContain("= shout: is version 1\n");
  });

  it("leave a file that says the same as it is, and come back the same where there is none", async () => {
    const path = join(dir(), "shop/shout.yaml");
    expect((await assay(`prompts pull ${dir()}`)).stdout).toContain("unchanged");
    expect(await readFile(path, "utf8")).toBe(promptFile("SHOUT"));
    const fresh = join(root, "pulled");
    expect((await assay(`prompts pull ${fresh}`)).code).toBe(0);
    expect((await assay(`prompts plan ${fresh}`)).stdout).toContain("Nothing to add.");
  });

  it("show a change line by line", async () => {
    const path = join(dir(), "shop/shout.yaml");
    await writeFile(path, promptFile("SHOUT, please"));
    const { stdout } = await assay(`prompts plan ${dir()}`);
    await writeFile(path, promptFile("SHOUT"));
    expect(stdout).toContain("~ shout: a new version after 1");
    expect(stdout).toMatch(/- {5}content: SHOUT\n\s+\+ {5}content: SHOUT, please/);
  });

  it("are applied all or not at all", async () => {
    const path = join(dir(), "shop/new.yaml");
    await writeFile(path, "model: echo\nmessage: []\n");
    const { code, stdout } = await assay(`prompts apply ${dir()}`);
    await rm(path);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /! new: .*new\.yaml:1:1: messages: is missing\n.*new\.yaml:2:1: message: is not known here/,
    );
  });

  it("of another tenant are not mixed in", async () => {
    expect(await assay(`prompts apply ${dir()} --tenant bank`)).toMatchObject({ code: 2 });
  });
});

describe("datasets", () => {
  it("are imported once, and a broken one is refused row by row", async () => {
    const push = `datasets push ${join(root, "data/words.jsonl")}`;
    expect(await assay(push)).toMatchObject({ code: 0, stdout: "+ words@1: 40 cases\n" });
    expect((await assay(push)).stdout).toContain("(unchanged)");
    await writeFile(join(root, "data/broken.jsonl"), '{"key":"a","variables":{}}\n{"key":\n');
    const { code, stderr } = await assay(`datasets push ${join(root, "data/broken.jsonl")} --name words`);
    expect(stderr).toMatch(/row 2: /);
    expect(code).toBe(1);
  });
});

describe("the gate", () => {
  const suite = () => join(root, "evals/shop/shouting.yaml");

  it("passes a good version, which may then hold the label", async () => {
    const out = join(root, "report.xml");
    const { code, stdout, stderr } = await assay(`eval ${suite()} --reporter junit --out ${out}`);
    expect(stdout).toMatch(/✓ minScore/);
    expect(stdout).toContain("PASSED");
    expect(stderr).toContain("shouting on shout@1");
    expect(code).toBe(0);
    expect(await readFile(out, "utf8")).toContain('<testsuite name="shouting" tests="');
    expect((await assay("gates set shout production --suite shouting")).code).toBe(0);
    expect((await assay("gates list shout")).stdout).toMatch(/production\s+shouting@1\s+\S+@1/);
    const moved = await assay("promote shout production --to latest");
    expect(moved).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("shout@production is now version 1."),
    });
  });

  it("fails a worse one with 100, clause by clause, and shows what went wrong", async () => {
    const worse = join(root, "prompts/shop/shout.worse.yaml");
    const { code, stdout } = await assay(`eval ${suite()} --prompt-file ${worse} --json`);
    expect(code).toBe(100);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      schema: "assay.eval/1",
      outcome: "failed",
      suites: [{ outcome: "failed" }],
    });
    expect(report.suites[0].run.promptVersion).toBe(2);
    expect(report.suites[0].cases["case-1"].expected).toBe("WORD 1");
    const pretty = await assay(`eval ${suite()} --version 2`);
    expect(pretty.stdout).toMatch(/✗ minScore/);
    expect(pretty.stdout).toMatch(/expected WORD \d+\n\s+got {6}word \d+/);
    expect(pretty.code).toBe(100);
  });

  it("shows what two runs do otherwise, case by case", async () => {
    const runOf = async (version: number) => {
      const { stdout } = await assay(`eval ${suite()} --version ${version} --reporter json`);
      return JSON.parse(stdout).suites[0].run.id as string;
    };
    const line = `compare ${await runOf(1)} ${await runOf(2)}`;
    const { code, stdout } = await assay(line);
    expect(stdout).toMatch(/against the first: 40 cases lost, 0 gained/);
    expect(stdout).toMatch(/score\s+-1\.0000 \[-1\.0000, -\d/);
    expect(stdout).toMatch(/lost\s+case-0\s+1\.0000 → 0\.0000/);
    expect(code).toBe(0);
    const even = JSON.parse((await assay(`${line} --tag even --json`)).stdout);
    expect(even).toMatchObject({ schema: "assay.comparison/1", cases: expect.any(Array) });
    expect(even.cases.every(({ tags }: { tags: string[] }) => tags.includes("even"))).toBe(true);
  });

  it("refuses to move the label to it, and a dry run says so beforehand", async () => {
    const refused = await assay("promote shout production --to 2");
    expect(refused.stderr).toMatch(/✗ (minScore|noFlips)/);
    expect(refused.code).toBe(100);
    expect((await assay("promote shout production --to 2 --dry-run")).code).toBe(100);
    expect((await assay("promote shout production --to 1 --dry-run")).code).toBe(0);
    expect((await assay("promote shout production --to 1 --expect 9")).code).toBe(1);
  });

  it("opens for a stated reason and a while, and rolls back", async () => {
    const override = 'promote shout production --to 2 --override --reason "a test of the glass" --expires 1h';
    expect((await assay(override)).stdout).toContain("is now version 2.");
    const back = await assay("rollback shout production --to 1 --reason enough");
    expect(back).toMatchObject({ code: 0, stdout: "shout@production is back at version 1.\n" });
  });

  it("without a policy lets every case be a test", async () => {
    const open = join(root, "evals/shop/open.yaml");
    await writeFile(open, "prompt: shout\ndataset: words\nscorers: [{ type: exact-match }]\n");
    expect((await assay(`eval ${open} --version 1`)).code).toBe(0);
    expect((await assay(`eval ${open} --version 2 --reporter markdown`)).code).toBe(100);
  });

  it("that cannot be asked is no pass: one broken suite ends with 1 and the others still run", async () => {
    const broken = join(root, "evals/shop/broken.yaml");
    await writeFile(broken, "prompt: nowhere\ndataset: words\nscorers: [{ type: exact-match }]\n");
    const { code, stdout } = await assay(`eval ${broken} ${suite()} --label production`);
    expect(stdout).toContain("COULD NOT RUN");
    expect(stdout).toContain("PASSED");
    expect(code).toBe(1);
  });
});

it("shows what was used", async () => {
  expect((await assay("usage")).code).toBe(0);
  expect(JSON.parse((await assay("usage --since 2026-01-01 --json")).stdout).schema).toBe("assay.usage/1");
});

it("lists the scorers, and one in detail", async () => {
  const { stdout } = await assay("scorers");
  for (const type of ["exact-match", "pii-leak", "webhook"]) expect(stdout).toContain(type);
  const one = await assay("scorers json-diff");
  expect(one.stdout).toMatch(/tolerance.*number/);
  expect(JSON.parse((await assay("scorers json-diff --json")).stdout).scorer.type).toBe("json-diff");
  expect(await assay("scorers nonsense")).toMatchObject({ code: 1 });
});

it("copies the data of a running server and makes a data directory of the copy", async () => {
  const [copy, restored] = [join(root, "backup"), join(root, "restored")];
  expect(await assay(`backup --data ${server.dataDir} --out ${copy}`)).toMatchObject({ code: 0 });
  expect(await assay(`restore ${copy} --data ${restored}`)).toMatchObject({ code: 0 });
  const local = await assay(`prompts plan ${join(root, "prompts")} --local --data ${restored} --tenant shop`);
  expect(local.stdout).toContain("= shout: is version 1");
  // What is there already is never written over.
  const again = await assay(`restore ${copy} --data ${restored}`);
  expect(again.code).toBe(1);
  expect(again.stderr).not.toContain(" at ");
});
