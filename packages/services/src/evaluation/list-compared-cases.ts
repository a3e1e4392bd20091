import { type CaseOutcome, type ComparedCase, type ComparedOutcome, LIMITS, type Page } from "@assay/core";
import { CaseIndex, type RankedCase, type RunColumns, rankCases } from "@assay/evaluator";
import { findResults, type ResultRow, type RunRow } from "@assay/store";
import type { Context } from "../context.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { numericKeysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { loadScoreColumns, metricsOf, requireComparedRuns } from "./compared-runs.ts";

/** So few that a page of long outputs is never in memory as a whole. */
const RESULTS_PER_READ = 25;

interface LoadedRun {
  run: RunRow;
  columns: RunColumns;
}

/**
 * The cases of a comparison, greatest change first. Completed runs never change, so a cursor is a place in that order.
 * @throws AppError as `requireComparedRuns`
 */
export async function listComparedCases(
  context: Context,
  input: VerbInput<"listComparedCases">,
): Promise<Page<ComparedCase>> {
  const { after = 0, limit } = numericKeysetOf(input);
  const found = await context.tenant.read((tx) => requireComparedRuns(context, tx, input.runs));
  return await oneAtATime(context.tenant.tenantId, async () => {
    const index = new CaseIndex();
    const loaded: LoadedRun[] = [];
    for (const run of found.runs) {
      const columns = await loadScoreColumns(context, run, {
        index,
        capacity: found.datasetVersion.caseCount,
        passesMin: found.passesMinOf.get(run.id),
      });
      loaded.push({ run, columns });
    }
    const wanted = rankCases(
      index,
      loaded.map(({ columns }) => columns),
    ).filter(isWanted(index, input));
    const rows = wanted.slice(after, after + limit).map((ranked, at) => ({ ranked, next: after + at + 1 }));
    const page = pageOfRows({
      query: input,
      rows,
      toItem: ({ ranked }) => ranked,
      cursorOf: ({ next }) => next,
    });
    return {
      items: await viewCases(context, index, { loaded, cases: page.items }),
      nextCursor: page.nextCursor,
    };
  });
}

function isWanted(index: CaseIndex, { change, tag }: VerbInput<"listComparedCases">) {
  return (ranked: RankedCase): boolean =>
    (change === undefined || ranked.change === change) &&
    (tag === undefined || index.at(ranked.place).tags.includes(tag));
}

async function viewCases(
  context: Context,
  index: CaseIndex,
  { loaded, cases }: { loaded: readonly LoadedRun[]; cases: readonly RankedCase[] },
): Promise<ComparedCase[]> {
  const items: ComparedCase[] = cases.map(({ place, change }) => {
    const { caseKey, tags } = index.at(place);
    return { caseKey, tags: [...tags], change, outcomes: [] };
  });
  for (const { run, columns } of loaded) {
    for (let start = 0; start < cases.length; start += RESULTS_PER_READ) {
      const some = cases.slice(start, start + RESULTS_PER_READ);
      const shown = some.filter(({ place }) => columns.state(place) !== "absent");
      const rows = await context.tenant.read((tx) =>
        findResults(
          tx,
          run.id,
          shown.map(({ place }) => columns.shown(place)),
        ),
      );
      const rowOf = new Map(rows.map((row) => [row.caseKey, row]));
      some.forEach(({ place }, at) => {
        const row = rowOf.get(index.at(place).caseKey);
        items[start + at]?.outcomes.push(viewOutcome({ run, columns }, place, row));
      });
    }
  }
  return items;
}

function viewOutcome(
  { run, columns }: LoadedRun,
  place: number,
  row: ResultRow | undefined,
): ComparedOutcome {
  const outcome = row?.outcome;
  return {
    runId: run.id,
    status: columns.state(place),
    score: columns.score(place),
    passed: columns.passed(place),
    metrics: row === undefined ? [] : metricsOf(row),
    output: outcome === undefined || outcome.status === "failed" ? null : beginningOf(outcome.output),
    reason: outcome === undefined ? null : reasonOf(outcome),
  };
}

function beginningOf(text: string): string {
  return text.slice(0, LIMITS.comparedOutputCharsMax).replace(/[\uD800-\uDBFF]$/, "");
}

function reasonOf(outcome: CaseOutcome): string | null {
  if (outcome.status === "failed") return `${outcome.failure.code}: ${outcome.failure.message}`;
  return outcome.status === "not_scored" ? outcome.reason : null;
}
