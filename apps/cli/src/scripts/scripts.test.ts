import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openScriptRunner } from "./open-script-runner.ts";

let folder: string;
const closing: (() => void)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-scripts-"));
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await rm(folder, { recursive: true, force: true });
});

async function runner(source: string, timeoutMs?: number) {
  const file = "scorer.mjs";
  await writeFile(join(folder, file), source);
  const sha256 = createHash("sha256").update(source).digest("hex");
  const scripts = openScriptRunner(folder, timeoutMs);
  closing.push(() => scripts.close());
  return (body: { output: string }, signal = new AbortController().signal) =>
    scripts.run({ file, sha256, body }, signal);
}

describe("a script", () => {
  test("scores in its own process, which is kept", async () => {
    const ask = await runner(
      "let asked = 0; export function score({ output }) { return { score: output === 'yes' ? 1 : 0, reason: String(++asked) }; }",
    );
    expect(await ask({ output: "yes" })).toEqual({ status: "answered", value: { score: 1, reason: "1" } });
    expect(await ask({ output: "no" })).toEqual({ status: "answered", value: { score: 0, reason: "2" } });
  });

  test("may be a default export and answer later", async () => {
    const ask = await runner("export default async () => 0.5;");
    expect(await ask({ output: "" })).toEqual({ status: "answered", value: 0.5 });
  });

  test.each([
    [
      "reads a file elsewhere",
      "import { readFileSync } from 'node:fs'; export const score = () => readFileSync('/etc/hostname', 'utf8');",
    ],
    [
      "writes beside itself",
      "import { writeFileSync } from 'node:fs'; export const score = () => writeFileSync('left-behind', '');",
    ],
    [
      "starts a process",
      "import { execSync } from 'node:child_process'; export const score = () => execSync('id').toString();",
    ],
    [
      "starts a thread",
      "import { Worker } from 'node:worker_threads'; export const score = () => { new Worker('0', { eval: true }); return 1; };",
    ],
  ])("that %s is refused", async (_what, source) => {
    const ask = await runner(source);
    expect(await ask({ output: "" })).toEqual({
      status: "failed",
      reason: expect.stringContaining("restricted"),
    });
  });

  test("sees nothing of the environment", async () => {
    const ask = await runner(
      "export const score = () => Object.keys(process.env).filter((name) => name !== 'NODE_CHANNEL_FD' && !name.startsWith('NODE_CHANNEL'));",
    );
    expect(await ask({ output: "" })).toEqual({ status: "answered", value: [] });
  });

  test("that never ends is ended, and the next question is answered", async () => {
    const ask = await runner(
      "export function score({ output }) { while (output === 'loop'); return 1; }",
      500,
    );
    expect(await ask({ output: "loop" })).toEqual({
      status: "failed",
      reason: expect.stringContaining("0.5 s"),
    });
    expect(await ask({ output: "" })).toEqual({ status: "answered", value: 1 });
  });

  test("that dies, throws or exports nothing is a reason", async () => {
    const dies = await runner("export const score = () => process.exit(3);");
    expect(await dies({ output: "" })).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("ended"),
    });
    const throws = await runner("export const score = () => { throw new Error('no such city'); };");
    expect(await throws({ output: "" })).toEqual({ status: "failed", reason: "no such city" });
    const empty = await runner("export const other = 1;");
    expect(await empty({ output: "" })).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("exports neither"),
    });
  });

  test("that changed since the suite was read is not run", async () => {
    const ask = await runner("export const score = () => 1;");
    await writeFile(join(folder, "scorer.mjs"), "export const score = () => 0;");
    expect(await ask({ output: "" })).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("run it again"),
    });
  });

  test("is dropped when its run stops", async () => {
    const ask = await runner("export const score = () => new Promise(() => undefined);");
    const stop = new AbortController();
    const answer = ask({ output: "" }, stop.signal);
    setTimeout(() => stop.abort(), 20);
    expect(await answer).toEqual({ status: "failed", reason: "the run was stopped" });
  });
});
