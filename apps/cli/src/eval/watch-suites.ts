import { dirname, join } from "node:path";
import type { Cli } from "../cli.ts";
import { FileError, InterruptedError } from "../cli-error.ts";
import { printableLine } from "../printable.ts";
import { formatScore } from "./eval-report.ts";
import { findFlips } from "./find-flips.ts";
import type { LoadedSuite } from "./load-suite.ts";
import type { FinishedSuite, SuiteReport } from "./report-schema.ts";
import { watchFiles } from "./watch-files.ts";

const CLEAR_SCREEN = "\u001b[2J\u001b[3J\u001b[H";
const FLIPS_MAX = 10;

export interface WatchWork {
  paths: readonly string[];
  load(): Promise<LoadedSuite[]>;
  run(suites: readonly LoadedSuite[], signal: AbortSignal): Promise<SuiteReport[]>;
  /** What is done with the reports of a round that came to its end. */
  show(reports: readonly SuiteReport[]): Promise<void>;
}

interface Round {
  suites: LoadedSuite[];
  reports: SuiteReport[];
}

/**
 * Evaluates, waits until a suite, its prompt, a partial or its dataset changes, and evaluates again, until `stop`. A
 * change while a round runs cancels it: its answers so far are kept and reused. A file that cannot be read is said and
 * waited for.
 */
export async function watchSuites(cli: Cli, work: WatchWork, stop: AbortSignal): Promise<void> {
  let previous: Round | undefined;
  let suites: LoadedSuite[] = [];
  while (!stop.aborted) {
    const watch = watchFiles(...watchedOf(work.paths, suites));
    const round = new AbortController();
    const changed = watch.changed.then(() => round.abort(new InterruptedError("changed")));
    try {
      const current = await runRound(cli, work, AbortSignal.any([stop, round.signal]));
      suites = current?.suites ?? suites;
      if (current !== undefined) {
        printChanges(cli, previous, current);
        previous = current;
      }
      // What the round has found is known by now: files that it named for the first time are watched from here on.
      if (!stop.aborted && !round.signal.aborted)
        await waitForChange(cli, watchedOf(work.paths, suites), { stop, changed });
    } finally {
      watch.close();
    }
  }
}

async function runRound(cli: Cli, work: WatchWork, signal: AbortSignal): Promise<Round | undefined> {
  try {
    const suites = await work.load();
    const reports = await work.run(suites, signal);
    if (cli.io.stdout.isTty) cli.io.stdout.write(CLEAR_SCREEN);
    await work.show(reports);
    return { suites, reports };
  } catch (error) {
    if (error instanceof InterruptedError) return undefined;
    if (!(error instanceof FileError)) throw error;
    cli.out.note(`assay: ${error.message}`);
    return undefined;
  }
}

async function waitForChange(
  cli: Cli,
  [files, folders]: [string[], string[]],
  { stop, changed }: { stop: AbortSignal; changed: Promise<void> },
): Promise<void> {
  const watch = watchFiles(files, folders);
  const stopped = new Promise<void>((done) => stop.addEventListener("abort", () => done(), { once: true }));
  cli.out.note(`Watching ${files.length} files; Ctrl-C ends.`);
  try {
    await Promise.race([watch.changed, changed, stopped]);
  } finally {
    watch.close();
  }
}

function watchedOf(paths: readonly string[], suites: readonly LoadedSuite[]): [string[], string[]] {
  const files = new Set(paths);
  const folders = new Set<string>();
  for (const { datasetFile, promptFile } of suites) {
    if (datasetFile !== undefined) files.add(datasetFile.path);
    if (promptFile === undefined) continue;
    files.add(promptFile);
    folders.add(join(dirname(promptFile), "partials"));
  }
  return [[...files], [...folders]];
}

function printChanges(cli: Cli, previous: Round | undefined, { reports }: Round): void {
  for (const report of reports) {
    const before = previous?.reports.find(({ file }) => file === report.file);
    if (report.status === "finished" && before?.status === "finished") printChange(cli, before, report);
  }
}

function printChange(cli: Cli, before: FinishedSuite, after: FinishedSuite): void {
  const { out } = cli;
  const flips = findFlips({ before: before.results, after: after.results }, undefined);
  const scores = [before, after].map(({ run }) => formatScore(run.summary?.score.mean ?? null)).join(" → ");
  out.line(out.colors.bold(`${printableLine(after.suite)} since the last round: score ${scores}`));
  for (const { change, caseKey } of flips.slice(0, FLIPS_MAX))
    out.line(`  ${change} ${printableLine(caseKey)}`);
  if (flips.length > FLIPS_MAX) out.line(`  … and ${flips.length - FLIPS_MAX} more`);
  if (flips.length === 0) out.line("  no case changed");
}
