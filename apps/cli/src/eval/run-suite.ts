import { allPages, type Client, followRun } from "@assay/client";
import { type Case, invariant, LIMITS, type Run, type RunResult } from "@assay/core";
import { readPromptFile } from "../prompt-files/prompt-file.ts";
import { putPromptVersion } from "../prompt-files/put-prompt-version.ts";
import { type FinishedSuite, shortfalls } from "./eval-report.ts";
import type { LoadedSuite } from "./load-suite.ts";
import { pushDataset } from "./push-dataset.ts";

/** Which version a suite judges; with nothing given the prompt's file beside the suite, or the latest version. */
export interface VersionChoice {
  version?: number | undefined;
  label?: string | undefined;
  promptFile?: string | undefined;
}

export interface RunSuiteOptions {
  choice: VersionChoice;
  signal: AbortSignal;
  onProgress: (run: Run) => void;
}

/** How many failing cases are looked up with what they asked and expected, and how far the search goes. */
export const SHOWN_CASES_MAX = 20;
const CASE_PAGES_MAX = 50;

/** Stores a suite with the files it names, runs it on the chosen version and gathers everything to report. */
export async function runSuite(
  client: Client,
  suite: LoadedSuite,
  options: RunSuiteOptions,
): Promise<FinishedSuite> {
  const dataset = suite.datasetFile;
  if (dataset !== undefined) await pushDataset(client, dataset);
  const choice = await chooseVersion(client, suite, options.choice);
  await client.putSuite({ ...suite.spec, suite: suite.slug, dataset: dataset?.slug ?? suite.spec.dataset });
  const started = await client.startRun({ suite: suite.slug, ...choice });
  const run = await followToVerdict(client, started, options);
  const results = await resultsOf(client, run);
  const report: FinishedSuite = {
    status: "finished",
    file: suite.path,
    suite: suite.slug,
    run,
    results,
    cases: {},
  };
  return { ...report, cases: await shownCases(client, report) };
}

async function chooseVersion(
  client: Client,
  suite: LoadedSuite,
  choice: VersionChoice,
): Promise<{ version?: number; label?: string }> {
  if (choice.version !== undefined) return { version: choice.version };
  if (choice.label !== undefined) return { label: choice.label };
  const path = choice.promptFile ?? suite.promptFile;
  if (path === undefined) return {};
  const added = await putPromptVersion(client, suite.spec.prompt, await readPromptFile(path));
  invariant(added.version !== null, "only a dry run returns no version");
  return { version: added.version.version };
}

/** Waits for the incumbent's run too, when one was started alongside: the verdict compares the two. */
async function followToVerdict(client: Client, started: Run, options: RunSuiteOptions): Promise<Run> {
  const { signal, onProgress } = options;
  try {
    if (started.baselineRunId !== null && started.baselineRunId !== started.id) {
      await followRun(client, started.baselineRunId, { signal, onProgress });
    }
    return await followRun(client, started.id, { signal, onProgress });
  } catch (error) {
    // Best effort: whoever interrupts the CLI wants the machine's time back, and the reason is the interruption.
    if (signal.aborted) await client.cancelRun({ runId: started.id }).catch(() => undefined);
    throw error;
  }
}

async function resultsOf(client: Client, run: Run): Promise<RunResult[]> {
  const results: RunResult[] = [];
  const limit = LIMITS.pageSizeMax;
  for await (const result of allPages((cursor) => client.listRunResults({ runId: run.id, cursor, limit }))) {
    results.push(result);
  }
  return results;
}

async function shownCases(client: Client, report: FinishedSuite): Promise<Record<string, Case>> {
  const { dataset, datasetVersion: version } = report.run;
  const wanted = new Set(
    shortfalls(report)
      .slice(0, SHOWN_CASES_MAX)
      .map(({ caseKey }) => caseKey),
  );
  const cases: Record<string, Case> = {};
  let cursor: string | undefined;
  for (let page = 0; wanted.size > 0 && page < CASE_PAGES_MAX; page += 1) {
    const { items, nextCursor } = await client.listCases({
      dataset,
      version,
      cursor,
      limit: LIMITS.pageSizeMax,
    });
    for (const testCase of items) if (wanted.delete(testCase.key)) cases[testCase.key] = testCase;
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return cases;
}
