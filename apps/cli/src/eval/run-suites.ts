import { ClientError } from "@assay/client";
import type { Cli } from "../cli.ts";
import { FileError, InterruptedError } from "../cli-error.ts";
import { detailLines } from "../detail-lines.ts";
import type { LoadedSuite } from "./load-suite.ts";
import { createProgress, type OnProgress } from "./progress.ts";
import type { SuiteReport } from "./report-schema.ts";

export interface SuiteMeans {
  signal: AbortSignal;
  onProgress: OnProgress;
  /** Every suite file of this evaluation. */
  all: readonly LoadedSuite[];
}

/** Carries out one suite file; more reports than one where several gates judge it. */
export type RunSuite = (suite: LoadedSuite, means: SuiteMeans) => Promise<SuiteReport | SuiteReport[]>;

/** One suite after the other; one that cannot run is reported and does not keep the others from running. */
export async function runSuites(
  cli: Cli,
  suites: readonly LoadedSuite[],
  { signal, run }: { signal: AbortSignal; run: RunSuite },
): Promise<SuiteReport[]> {
  const progress = createProgress(cli.out.stderr, Date.now);
  const reports: SuiteReport[] = [];
  for (const suite of suites) {
    try {
      const found = await run(suite, { signal, all: suites, onProgress: progress.update });
      reports.push(...[found].flat());
    } catch (error) {
      reports.push(failureOf(suite, error));
    } finally {
      progress.clear();
    }
  }
  return reports;
}

function failureOf(suite: LoadedSuite, error: unknown): SuiteReport {
  if (error instanceof InterruptedError) throw error;
  if (!(error instanceof ClientError) && !(error instanceof FileError)) throw error;
  const details = error instanceof ClientError ? detailLines(error.details) : [];
  return { status: "could_not_run", file: suite.path, suite: suite.slug, message: error.message, details };
}
