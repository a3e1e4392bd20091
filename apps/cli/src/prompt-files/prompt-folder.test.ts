import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openPromptFolder } from "./prompt-folder.ts";

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "prompts-"));
  await mkdir(join(root, "airline"));
  for (const name of ["triage.yaml", "triage.v1.yaml", "triage-long.yaml", "v1.2.yaml", "README.md"]) {
    await writeFile(join(root, "airline", name), "");
  }
  await writeFile(join(root, "Bad Name.yaml"), "");
});

afterAll(() => rm(root, { recursive: true }));

it("finds the tenant's own folder, and takes a wording beside its prompt for no prompt of its own", async () => {
  const folder = await openPromptFolder(root, "airline");
  expect(folder.files.map(({ slug }) => slug)).toEqual(["triage-long", "triage", "v1.2"]);
  expect(folder.variants).toEqual([join(root, "airline", "triage.v1.yaml")]);
});

it("takes the folder itself where it has none for the tenant", async () => {
  expect((await openPromptFolder(join(root, "airline"), "airline")).files).toHaveLength(3);
});

it("refuses a file that cannot name a prompt, and a folder that is not there", async () => {
  await expect(openPromptFolder(root, "bank")).rejects.toThrow(/Bad Name/);
  await expect(openPromptFolder(join(root, "none"), "bank")).rejects.toThrow(/There is no folder/);
});
