import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pinned } from "./pinned.ts";

/** What a run of promptfoo came to. `evalMs` is its own figure, `wallMs` and CPU are the whole process's. */
export interface PromptfooRun {
  wallMs: number;
  evalMs: number;
  cpuMs: number;
  peakRssMb: number;
  /** 1 although every case passed: seen now and then, it dies while it logs. */
  exitCode: number | null;
}

/**
 * Runs promptfoo, installed in `folder` (`npm install promptfoo` there), on the same mock with the same cases and the
 * same check. Telemetry, updates, its cache and its table are off.
 */
export async function runPromptfoo(
  folder: string,
  work: { baseUrl: string; cases: number; concurrency: number },
): Promise<PromptfooRun> {
  const config = join(folder, "assay-bench.json");
  const out = join(folder, "assay-bench-out.json");
  await writeFile(config, JSON.stringify(configOf(work)));
  const entry = join(folder, "node_modules/promptfoo/dist/src/entrypoint.js");
  const options = [
    "--no-cache",
    "--no-table",
    "--no-progress-bar",
    "-j",
    String(work.concurrency),
    "-o",
    out,
  ];
  // GNU time, because /proc is gone by the time that the process has ended.
  const timed = [
    "/usr/bin/time",
    "-f",
    "%U %S %M",
    process.execPath,
    entry,
    "eval",
    "-c",
    config,
    ...options,
  ];
  const [program, ...rest] = pinned("measured", timed);
  const startMs = performance.now();
  const child = spawn(program, rest, { env: environmentOf(folder), stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-20_000);
  });
  const [exitCode] = (await once(child, "close")) as [number | null];
  const wallMs = performance.now() - startMs;
  const [user = Number.NaN, system = Number.NaN, rssKb = Number.NaN] = (
    /(\d+\.\d+) (\d+\.\d+) (\d+)\s*$/.exec(errors)?.slice(1) ?? []
  ).map(Number);
  const { results } = JSON.parse(await readFile(out, "utf8")) as { results: { stats: Stats } };
  if (results.stats.successes !== work.cases) throw new Error(`promptfoo did not pass every case: ${errors}`);
  return {
    wallMs,
    evalMs: results.stats.durationMs ?? Number.NaN,
    cpuMs: (user + system) * 1000,
    peakRssMb: (rssKb * 1024) / 1e6,
    exitCode,
  };
}

interface Stats {
  successes: number;
  durationMs?: number;
}

function configOf({ baseUrl, cases }: { baseUrl: string; cases: number }) {
  const system = "You answer questions about numbers in one short sentence, and you say how sure you are.";
  const messages = [
    { role: "system", content: system },
    { role: "user", content: "What is the answer to question {{question}}?" },
  ];
  return {
    prompts: [JSON.stringify(messages)],
    providers: [
      {
        id: "openai:chat:mock",
        config: { apiBaseUrl: baseUrl, apiKey: "sk-mock", temperature: 0, max_tokens: 64 },
      },
    ],
    tests: Array.from({ length: cases }, (_, n) => ({
      vars: { question: String(n) },
      assert: [{ type: "contains", value: "42" }],
    })),
  };
}

function environmentOf(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    PROMPTFOO_CONFIG_DIR: join(folder, "assay-bench-config"),
    PROMPTFOO_DISABLE_TELEMETRY: "1",
    PROMPTFOO_DISABLE_UPDATE: "1",
    PROMPTFOO_DISABLE_REMOTE_GENERATION: "1",
  };
}
