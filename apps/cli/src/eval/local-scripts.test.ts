import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { loadSuite } from "./load-suite.ts";

const BIN = fileURLToPath(new URL("../../bin/assay.js", import.meta.url));
const PROMPT = `model: starter
messages: [{ placeholder: history }]
sampling: { temperature: 0, maxTokens: 4 }
`;
const SUITE = `prompt: scripted
dataset: ./scripted.jsonl
passScore: 0.5
scorers: [{ type: javascript, options: { file: judge.mjs } }]
`;
const scriptThatGives = (score: number) =>
  `export const score = ({ testCase, output }) => ({ score: ${score}, reason: testCase.key + typeof output });\n`;

it("scores by the user's own script on the user's own machine, and a changed script is other evidence", async () => {
  const root = await mkdtemp(join(tmpdir(), "assay-scripted-"));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const folder of ["prompts/airline", "evals/airline"])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, "prompts/airline/scripted.yaml"), PROMPT);
  await writeFile(join(root, "evals/airline/scripted.yaml"), SUITE);
  const row = { key: "a", messages: [{ role: "user", content: "hello" }] };
  await writeFile(join(root, "evals/airline/scripted.jsonl"), `${JSON.stringify(row)}\n`);

  const suite = join(root, "evals/airline/scripted.yaml");
  await writeFile(join(root, "evals/airline/judge.mjs"), scriptThatGives(0.75));
  const before = await loadSuite(suite);
  const argv = [BIN, "eval", "evals/airline/scripted.yaml", "--local", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: root });
  expect(JSON.parse(stdout).suites[0].results).toMatchObject([
    { outcome: { metrics: [{ outcome: { score: 0.75, detail: "astring" } }] } },
  ]);

  await writeFile(join(root, "evals/airline/judge.mjs"), scriptThatGives(0.5));
  const after = await loadSuite(suite);
  // The options are part of what the evidence hashes.
  expect(after.spec.scorers[0]?.options?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(after.spec.scorers).not.toEqual(before.spec.scorers);
}, 180_000);
