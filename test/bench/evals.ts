/**
 * `npm run bench:evals [-- --promptfoo DIR] [--rounds N] [--quick] [--json FILE]`: how fast evaluations are, through the
 * real API of a real server, against what a run could take at least, and against promptfoo in the same go. Without
 * `--promptfoo` its rows are left out; `--quick` leaves out the long ones.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../kit/start-server.ts";
import { type AssaySide, type MeasuredRun, openAssaySide } from "./assay-side.ts";
import { runBare } from "./bare-runner.ts";
import { type BenchRow, describeMachine, markdownTable, median, spreadOf, writeJson } from "./bench-table.ts";
import { watchNeighbour } from "./neighbour-watch.ts";
import { describePinning, pinned } from "./pinned.ts";
import { type PromptfooRun, runPromptfoo } from "./promptfoo-side.ts";
import { startUpstream, type Upstream } from "./start-upstream.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "string" },
    promptfoo: { type: "string" },
    rounds: { type: "string", default: "3" },
    quick: { type: "boolean", default: false },
  },
});

interface Bench {
  upstream: Upstream;
  side: AssaySide;
  rounds: number;
  rows: BenchRow[];
}

interface Load {
  cases: number;
  delayMs: number;
  concurrency: number;
}

const note = (text: string) => process.stderr.write(`${text}\n`);
const byWall = ({ wallMs }: MeasuredRun) => wallMs;

async function main(): Promise<void> {
  await using upstream = await startUpstream();
  await using side = await openAssaySide(upstream, []);
  const bench: Bench = { upstream, side, rounds: Number(options.rounds), rows: [] };
  await side.prepare(1_000);
  // Once unmeasured: what is compiled on the way is not what a run costs.
  await runOurs(bench, { cases: 1_000, delayMs: 0, concurrency: 64 });
  await compareAtWork(bench);
  if (!options.quick) await tenThousand(bench);
  await compareCpu(bench);
  await runAgain(bench);
  await startOfCli(bench);
  if (!options.quick) await hundredThousand(bench);
  process.stdout.write(`${markdownTable(bench.rows)}\n`);
  note(`${describeMachine()}; mock upstream in ${upstream.kind}; ${describePinning()}`);
  if (options.json !== undefined) await writeJson(options.json, "evals", bench.rows);
}

async function runOurs({ upstream, side }: Bench, load: Load): Promise<MeasuredRun> {
  await upstream.setDelayMs(load.delayMs);
  await upstream.reset();
  const work = { suite: `answers-${load.cases}`, concurrency: load.concurrency, reuse: "never" as const };
  const measured = await side.run(work);
  const { count } = await upstream.calls();
  if (count !== load.cases) throw new Error(`the model was asked ${count} times for ${load.cases} cases`);
  return measured;
}

async function peerRun({ upstream }: Bench, load: Load): Promise<PromptfooRun | undefined> {
  if (options.promptfoo === undefined) return undefined;
  await upstream.setDelayMs(load.delayMs);
  return await runPromptfoo(options.promptfoo, { ...load, baseUrl: upstream.baseUrl });
}

interface Rounds {
  ours: MeasuredRun[];
  peer: PromptfooRun[];
  bareMs: number[];
}

/** Ours, theirs and the bare runner in turn, so that what else the machine does meets all of them alike. */
async function interleaved(bench: Bench, load: Load, rounds = bench.rounds): Promise<Rounds> {
  const all: Rounds = { ours: [], peer: [], bareMs: [] };
  for (let round = 1; round <= rounds; round += 1) {
    note(
      `${load.cases} cases, ${load.delayMs} ms, ${load.concurrency} in flight: round ${round} of ${rounds}`,
    );
    all.ours.push(await runOurs(bench, load));
    all.bareMs.push(await runBare(bench.upstream.origin, load));
    const peer = load.cases <= 1_000 ? await peerRun(bench, load) : undefined;
    if (peer !== undefined) all.peer.push(peer);
  }
  return all;
}

function add(bench: Bench, row: Omit<BenchRow, "ours" | "spread"> & { values: number[] }): void {
  const { values, ...about } = row;
  bench.rows.push({ ...about, ours: median(values), spread: spreadOf(values) });
}

function addAgainstLimit(bench: Bench, load: Load, { ours, bareMs }: Rounds): void {
  const limitMs = (load.cases * load.delayMs) / load.concurrency;
  const walls = ours.map(byWall);
  const ratio = median(walls) / limitMs;
  const bare = median(bareMs) / limitMs;
  add(bench, {
    work: `${load.cases} cases, ${load.delayMs} ms upstream, ${load.concurrency} in flight, results durable; peer: the limit N·L/C (a bare runner here: ${bare.toFixed(2)} ×)`,
    unit: "ms",
    peer: limitMs,
    values: walls,
    ratio,
    target: "≤ 1.15 × the limit",
    met: ratio <= 1.15,
  });
}

async function compareAtWork(bench: Bench): Promise<void> {
  const load = { cases: 1_000, delayMs: 50, concurrency: 64 };
  const rounds = await interleaved(bench, load);
  addAgainstLimit(bench, load, rounds);
  if (rounds.peer.length === 0) return;
  const walls = rounds.ours.map(byWall);
  for (const [of, times, factor] of [
    ["promptfoo's own time of the evaluation", rounds.peer.map(({ evalMs }) => evalMs), 8],
    ["promptfoo's whole process", rounds.peer.map(({ wallMs }) => wallMs), 10],
  ] as const) {
    const ratio = median(times) / median(walls);
    add(bench, {
      work: `the same; peer: ${of}`,
      unit: "ms",
      peer: median(times),
      values: walls,
      ratio,
      target: `≥ ${factor} × faster`,
      met: ratio >= factor,
    });
  }
}

async function tenThousand(bench: Bench): Promise<void> {
  await bench.side.prepare(10_000);
  const load = { cases: 10_000, delayMs: 50, concurrency: 256 };
  addAgainstLimit(bench, load, await interleaved(bench, load));
}

async function compareCpu(bench: Bench): Promise<void> {
  const load = { cases: 1_000, delayMs: 0, concurrency: 64 };
  const { ours, peer } = await interleaved(bench, load);
  const perCase = ours.map(({ cpuMs }) => cpuMs / load.cases);
  const theirs = peer.length === 0 ? null : median(peer.map(({ cpuMs }) => cpuMs / load.cases));
  add(bench, {
    work: "CPU of the server for a case, instant upstream, everything stored; peer: promptfoo's process",
    unit: "ms",
    peer: theirs,
    values: perCase,
    ratio: theirs === null ? null : theirs / median(perCase),
    target: "≤ 0.25 ms",
    met: median(perCase) <= 0.25,
  });
}

async function runAgain(bench: Bench): Promise<void> {
  const { upstream, side } = bench;
  const again = { suite: "answers-1000", concurrency: 64, reuse: "always" as const };
  await side.run(again);
  await upstream.reset();
  const walls: number[] = [];
  for (let round = 0; round < bench.rounds; round += 1) walls.push((await side.run(again)).wallMs);
  const { count } = await upstream.calls();
  add(bench, {
    work: `1000 cases again, nothing changed (calls to the model: ${count})`,
    unit: "ms",
    peer: null,
    values: walls,
    ratio: null,
    target: "no call, < 2 s",
    met: count === 0 && median(walls) < 2_000,
  });
}

async function startOfCli(bench: Bench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "assay-bench-cli-"));
  const suite = join(folder, "from-the-command-line.yaml");
  await writeFile(suite, "prompt: answering\ndataset: numbers-1000\nscorers:\n  - type: contains\n");
  const waits: number[] = [];
  try {
    // The first one only fills the cache of compiled code.
    for (let round = 0; round <= bench.rounds; round += 1) {
      const waitMs = await firstCaseMs(bench, suite);
      if (round > 0) waits.push(waitMs);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  add(bench, {
    work: "`assay eval` against a running server: from the command's start to the first request at the model",
    unit: "ms",
    peer: null,
    values: waits,
    ratio: null,
    target: "≤ 400 ms",
    met: median(waits) <= 400,
  });
}

async function firstCaseMs({ upstream, side }: Bench, suite: string): Promise<number> {
  await upstream.setDelayMs(0);
  await upstream.reset();
  await side.newVersion();
  const command = [process.execPath, join(ROOT, "apps/cli/bin/assay.js"), "eval", suite];
  const [program, ...rest] = pinned("load", command);
  const startedAt = Date.now();
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH, ASSAY_URL: side.server.url, ASSAY_KEY: side.key },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`assay eval ended with ${code}`);
  return (await upstream.calls()).firstMs - startedAt;
}

async function hundredThousand(bench: Bench): Promise<void> {
  const { side } = bench;
  note("100000 cases: import, one run, and another tenant watched meanwhile");
  const watch = () => watchNeighbour(side.server.url, side.neighbour);
  const quiet = watch();
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const alone = await quiet.stop();
  await side.prepare(100_000);
  const busy = watch();
  const run = await runOurs(bench, { cases: 100_000, delayMs: 0, concurrency: 64 });
  const beside = await busy.stop();
  add(bench, {
    work: "largest resident memory of the server while 100,000 cases stream through",
    unit: "MB",
    peer: null,
    values: [run.peakRssMb],
    ratio: null,
    target: "≤ 150 MB",
    met: run.peakRssMb <= 150,
  });
  for (const [what, before, during] of [
    ["GET /healthz", alone.healthP99Ms, beside.healthP99Ms],
    ["a page of another tenant's prompts", alone.readP99Ms, beside.readP99Ms],
  ] as const) {
    add(bench, {
      work: `${what}, p99 during that run; peer: without it`,
      unit: "ms",
      peer: before,
      values: [during],
      ratio: during / before,
      target: "≤ 20 ms more",
      met: during - before <= 20,
    });
  }
}

await main();
