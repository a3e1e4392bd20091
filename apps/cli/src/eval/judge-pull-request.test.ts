import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { openShop, promptFile, type Shop, writeWords } from "../testing/open-shop.ts";

// One pull request after the other against a label with a gate, told in order.

let shop: Shop;
const suite = (name = "shouting") => join(shop.root, `evals/shop/${name}.yaml`);
const writePrompt = (system: string) =>
  writeFile(join(shop.root, "prompts/shop/shout.yaml"), promptFile(system));
const writeSuite = (minScore: number, label = "production", name = "shouting") =>
  writeFile(
    suite(name),
    `prompt: shout
dataset: ../../words.jsonl
scorers: [{ type: exact-match }]
gate: { label: ${label}, minCases: 30, minScore: { score: ${minScore} }, noFlips: [even] }
`,
  );

async function assay(line: string, key = shop.key) {
  const io = openMemoryIo({ variables: { ASSAY_URL: shop.url, ASSAY_KEY: key } });
  return { code: await runCli(line.split(" "), io), ...io.written };
}

const label = async () => (await shop.client.listLabels({ prompt: "shout" })).items;

beforeAll(async () => {
  shop = await openShop();
  await writeWords(join(shop.root, "words.jsonl"), 40);
  await writePrompt("SHOUT");
  await writeSuite(0.8);
});

afterAll(() => shop?.close());

describe("a pull request", () => {
  it("is judged by the suite file where no gate is in force, and moves nothing", async () => {
    const { code, stdout } = await assay(`eval ${suite()} --pull-request`);
    expect(stdout).toContain("No gate is in force");
    expect(code).toBe(0);
    expect((await label()).map(({ name }) => name)).not.toContain("production");
    await assay("gates set shout production --suite shouting");
    expect(await assay("promote shout production --to latest")).toMatchObject({ code: 0 });
  });

  it("that leaves the prompt as it is is skipped, unless all are asked for", async () => {
    const { code, stdout } = await assay(`eval ${suite()} --pull-request`);
    expect(stdout).toContain("what production holds already");
    expect(stdout).toContain("SKIPPED");
    expect(code).toBe(0);
    const all = await assay(`eval ${suite()} --pull-request --all`);
    expect(all.stdout).toContain("PASSED");
  });

  it("that makes it worse is told so case by case, and the label stays", async () => {
    await writePrompt("whisper");
    const { code, stdout } = await assay(`eval ${suite()} --pull-request --reporter markdown`);
    expect(code).toBe(100);
    expect(stdout).toContain("❌ failed");
    expect(stdout).toMatch(/Against version 1&#58; 40 broken/);
    expect(stdout).toMatch(
      /✗ broke <code>case-\d+<\/code> \| <code>word \d+<\/code> \| <code>WORD \d+<\/code>/,
    );
    expect((await label()).find(({ name }) => name === "production")?.version).toBe(1);
  });

  it("cannot bring its own bar along: the gate in force judges, and the note says so", async () => {
    await writeSuite(0);
    const { code, stdout } = await assay(`eval ${suite()} --pull-request`);
    await writeSuite(0.8);
    expect(stdout).toContain("Judged by the gate in force, version 1 of the suite");
    expect(code).toBe(100);
  });

  it("is judged by the gate in force whatever its suite is called, and whichever label it names", async () => {
    await writeSuite(0, "staging");
    const relabelled = await assay(`eval ${suite()} --pull-request`);
    await rename(suite(), suite("louder"));
    await writeSuite(0, "production", "louder");
    const renamed = await assay(`eval ${suite("louder")} --pull-request`);
    await rm(suite("louder"));
    await writeSuite(0.8);
    for (const { code, stdout } of [relabelled, renamed]) {
      expect(stdout).toContain("Judged by the gate in force for production");
      expect(code).toBe(100);
    }
  });

  it("of which one file is the gate's is judged by it once, and by the other file's own bar", async () => {
    await writeSuite(0, "staging", "louder");
    const { code, stdout } = await assay(`eval ${suite("louder")} ${suite()} --pull-request`);
    await rm(suite("louder"));
    expect(stdout).toContain("the gate in force for production is judged with another file");
    expect(stdout).not.toContain("Judged by the gate in force");
    expect(code).toBe(100);
  });

  it("that brings what an override lent the label is not skipped", async () => {
    const { items } = await shop.client.listPromptVersions({ prompt: "shout" });
    const version = items[0]?.version ?? Number.NaN;
    const override = {
      reason: "nobody could wait",
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    };
    await shop.client.moveLabel({ prompt: "shout", label: "production", version, override });
    const { code, stdout } = await assay(`eval ${suite()} --pull-request`);
    expect(stdout).not.toContain("SKIPPED");
    expect(code).toBe(100);
    await shop.client.rollbackLabel({ prompt: "shout", label: "production", reason: "it is over now" });
  });

  it("needs no key that may promote", async () => {
    await writePrompt("SHOUT please");
    const made = await assay("keys create ci --scopes read,use,edit --json");
    const { code, stdout } = await assay(`eval ${suite()} --pull-request`, JSON.parse(made.stdout).secret);
    expect(stdout).toContain("This key may not promote");
    expect(stdout).toContain("no case changed");
    expect(code).toBe(0);
  });

  it("whose prompt is not in the tree could not be judged, which is no pass", async () => {
    const lost = join(shop.root, "evals/lost.yaml");
    await copyFile(suite(), lost);
    const { code, stdout } = await assay(`eval ${lost} --pull-request`);
    expect(stdout).toContain('there is no file of the prompt "shout"');
    expect(code).toBe(1);
  });

  it("works without a server, on the starter tenants", async () => {
    const starter = (path: string) => new URL(`../../../../${path}`, import.meta.url);
    for (const folder of ["prompts/airline", "evals/airline"]) {
      await mkdir(join(shop.root, folder), { recursive: true });
    }
    const [prompt, gated] = ["prompts/airline/support-triage.yaml", "evals/airline/support-triage.yaml"];
    await copyFile(starter("prompts/airline/support-triage.v1.yaml"), join(shop.root, prompt));
    await copyFile(starter(gated), join(shop.root, gated));
    const { code, stdout } = await assay(`eval ${join(shop.root, gated)} --pull-request --local`);
    expect(stdout).toContain("what production holds already");
    expect(code).toBe(0);
  });
});

it("refuses options that contradict it", async () => {
  expect(await assay(`eval ${suite()} --pull-request --version 1`)).toMatchObject({ code: 2 });
  expect(await assay(`eval ${suite()} --all`)).toMatchObject({ code: 2 });
});
