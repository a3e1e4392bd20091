import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadSuite, tenantOfSuite } from "./load-suite.ts";

let root: string;
const suitePath = () => join(root, "evals/airline/triage.yaml");

async function writeSuite(dataset: string): Promise<void> {
  await writeFile(suitePath(), `prompt: support\ndataset: ${dataset}\nscorers:\n  - type: exact-match\n`);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "suite-"));
  await mkdir(join(root, "evals/airline"), { recursive: true });
  await mkdir(join(root, "prompts/airline"), { recursive: true });
});

afterAll(() => rm(root, { recursive: true }));

it("finds the dataset file from the suite's own folder, and names both after their files", async () => {
  await writeSuite("../data/mails.jsonl");
  const suite = await loadSuite(suitePath());
  expect(suite.slug).toBe("triage");
  expect(suite.datasetFile).toEqual({
    path: join(root, "evals/data/mails.jsonl"),
    slug: "mails",
    format: "jsonl",
  });
  expect(tenantOfSuite(suitePath())).toBe("airline");
});

it("takes a name for a stored dataset, and refuses what is neither", async () => {
  await writeSuite("mails");
  expect((await loadSuite(suitePath())).datasetFile).toBeUndefined();
  await writeSuite("../mails.parquet");
  await expect(loadSuite(suitePath())).rejects.toThrow(/\.jsonl or a \.csv/);
  await writeSuite("My Mails");
  await expect(loadSuite(suitePath())).rejects.toThrow(/neither a name nor/);
});

it("finds the prompt's file in the tree beside evals, when it is there", async () => {
  await writeSuite("mails");
  expect((await loadSuite(suitePath())).promptFile).toBeUndefined();
  const promptPath = join(root, "prompts/airline/support.yaml");
  await writeFile(promptPath, "model: x\n");
  expect((await loadSuite(suitePath())).promptFile).toBe(promptPath);
});

it("says which file is not there", async () => {
  await expect(loadSuite(join(root, "none.yaml"))).rejects.toThrow(/none\.yaml cannot be read/);
});
