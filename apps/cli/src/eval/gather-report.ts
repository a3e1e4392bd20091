import { allPages, type Client, ClientError } from "@assay/client";
import { type Case, LIMITS, type Run, type RunResult } from "@assay/core";
import { shortfalls } from "./eval-report.ts";
import { findFlips } from "./find-flips.ts";
import type { Baseline, FinishedSuite } from "./report-schema.ts";

/** How far the search for the cases to show goes. */
const CASE_PAGES_MAX = 500;

export interface ReportSource {
  file: string;
  suite: string;
  run: Run;
  passesMin: number | undefined;
  hasGate: boolean;
  /** How many cases are looked up with what they asked and expected. */
  casesMax: number;
}

/**
 * Everything there is to report of a finished run. A run that has its verdict keeps it, whatever of the rest cannot be
 * read: the report then says what it lacks.
 */
export async function gatherReport(client: Client, source: ReportSource): Promise<FinishedSuite> {
  const { file, suite, run } = source;
  const notes: string[] = [];
  const results = await orElse(() => resultsOf(client, run.id), { notes, isOptional: run.verdict !== null });
  const baseline = await orElse(() => baselineOf(client, source, results ?? []), { notes, isOptional: true });
  const { prompt, promptVersion: version } = run;
  const found = await orElse(() => client.getPromptVersion({ prompt, version }), { notes, isOptional: true });
  const part = await orElse(() => partOf(client, source), { notes, isOptional: true });
  const report: FinishedSuite = {
    status: "finished",
    file,
    suite,
    run,
    results: results ?? [],
    cases: {},
    content: found?.content ?? null,
    baseline: baseline ?? null,
    part: part ?? null,
    promotion: null,
    notes,
  };
  const cases = await orElse(() => shownCases(client, report, source.casesMax), { notes, isOptional: true });
  return { ...report, cases: cases ?? {} };
}

async function orElse<T>(
  read: () => Promise<T>,
  { notes, isOptional }: { notes: string[]; isOptional: boolean },
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isOptional || !(error instanceof ClientError)) throw error;
    notes.push(`Part of the report could not be read: ${error.message}`);
    return undefined;
  }
}

async function resultsOf(client: Client, runId: string): Promise<RunResult[]> {
  const results: RunResult[] = [];
  const limit = LIMITS.pageSizeMax;
  for await (const result of allPages((cursor) => client.listRunResults({ runId, cursor, limit }))) {
    results.push(result);
  }
  return results;
}

async function baselineOf(
  client: Client,
  { run, passesMin }: ReportSource,
  after: readonly RunResult[],
): Promise<Baseline | null> {
  const { baselineRunId: runId } = run;
  if (runId === null || runId === run.id) return null;
  const baseline = await client.getRun({ runId });
  return { run: baseline, flips: findFlips({ before: await resultsOf(client, runId), after }, passesMin) };
}

async function partOf(client: Client, { run, hasGate }: ReportSource): Promise<FinishedSuite["part"]> {
  if (run.selection === null) return null;
  const { dataset, datasetVersion, summary, progress } = run;
  const versions = await client.listDatasetVersions({ dataset, limit: LIMITS.pageSizeMax });
  const whole = versions.items.find(({ version }) => version === datasetVersion);
  return { cases: summary?.cases ?? progress.total, of: whole?.caseCount ?? null, hasGate };
}

/** The first cases that changed and that did not pass, half of each, then the rest as far as `casesMax` goes. */
async function shownCases(
  client: Client,
  report: FinishedSuite,
  casesMax: number,
): Promise<Record<string, Case>> {
  const { dataset, datasetVersion: version } = report.run;
  const keysOf = (items: readonly { caseKey: string }[]) => items.map(({ caseKey }) => caseKey);
  const changed = keysOf(report.baseline?.flips ?? []);
  const short = keysOf(shortfalls(report));
  const half = Math.ceil(casesMax / 2);
  const keys = [
    ...changed.slice(0, half),
    ...short.slice(0, half),
    ...changed,
    ...short,
    ...keysOf(report.results),
  ];
  const wanted = new Set([...new Set(keys)].slice(0, casesMax));
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
