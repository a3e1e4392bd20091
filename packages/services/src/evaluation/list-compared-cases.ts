import { setImmediate as nextTurn } from "node:timers/promises";
import { type CaseOutcome, type ComparedCase, type ComparedOutcome, LIMITS, type Page } from "@assay/core";
import { CaseIndex, type RankedCase, type RunColumns, rankCases } from "@assay/evaluator";
import { countWithinPage, findResults, groupResultPlaces, type ResultRow, type RunRow } from "@assay/store";
import type { Context } from "../context.ts";
import { detached } from "../detached.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { encodeCursor, numericKeysetOf } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { loadScoreColumns, metricsOf, requireComparedRuns } from "./compared-runs.ts";

interface LoadedRun {
  run: RunRow;
  columns: RunColumns;
}

/**
 * The cases of a comparison, greatest change first; a page of long ones ends early. Completed runs never change, so a cursor is a place in that order.
 * @throws AppError as `requireComparedRuns`
 */
export async function listComparedCases(
  context: Context,
  input: VerbInput<"listComparedCases">,
): Promise<Page<ComparedCase>> {
  const { after = 0 } = numericKeysetOf(input);
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
    const cases = wanted.slice(after, after + input.limit);
    const viewed = await viewCases(context, index, { loaded, cases });
    const items = viewed.slice(0, countWithinPage(viewed.map((item) => JSON.stringify(item).length)));
    const next = after + items.length;
    return { items, nextCursor: items.length > 0 && next < wanted.length ? encodeCursor(next) : null };
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
    const shown = cases.filter(({ place }) => columns.state(place) !== "absent");
    const places = shown.map(({ place }) => columns.shown(place));
    const found = new Map<string, FoundOutcome>();
    for (const group of await context.tenant.read((tx) => groupResultPlaces(tx, run.id, places))) {
      const rows = await context.tenant.read((tx) => findResults(tx, run.id, group));
      for (const row of rows) found.set(row.caseKey, foundIn(row));
      await nextTurn();
    }
    cases.forEach(({ place }, at) => {
      const outcome = found.get(index.at(place).caseKey);
      items[at]?.outcomes.push(viewOutcome({ run, columns }, place, outcome));
    });
  }
  return items;
}

type FoundOutcome = Pick<ComparedOutcome, "metrics" | "output" | "reason">;

/** What is shown of a result, which may be far longer. */
function foundIn(row: ResultRow): FoundOutcome {
  const { outcome } = row;
  const reason = reasonOf(outcome);
  return detached({
    metrics: metricsOf(row),
    output: outcome.status === "failed" ? null : beginningOf(outcome.output),
    reason: reason === null ? null : beginningOf(reason),
  });
}

function viewOutcome(
  { run, columns }: LoadedRun,
  place: number,
  found: FoundOutcome = { metrics: [], output: null, reason: null },
): ComparedOutcome {
  return {
    runId: run.id,
    status: columns.state(place),
    score: columns.score(place),
    passed: columns.passed(place),
    ...found,
  };
}

function beginningOf(text: string): string {
  return text.slice(0, LIMITS.comparedOutputCharsMax).replace(/[\uD800-\uDBFF]$/, "");
}

function reasonOf(outcome: CaseOutcome): string | null {
  if (outcome.status === "failed") return `${outcome.failure.code}: ${outcome.failure.message}`;
  return outcome.status === "not_scored" ? outcome.reason : null;
}
