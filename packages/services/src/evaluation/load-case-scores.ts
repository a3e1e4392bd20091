import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type CaseScores,
  CaseTallies,
  type MeasuredRepeat,
  type RepeatScore,
  type TallyOptions,
} from "@assay/evaluator";
import { listMeasuredRows, type MeasuredRow, type RunRow, type TenantTx } from "@assay/store";

/** Read within one turn: some milliseconds. */
const RESULTS_PER_PAGE = 100;

/** The cases of a finished run, as a gate compares them. */
export async function loadCaseScores(
  tx: TenantTx,
  run: RunRow,
  options: TallyOptions = {},
): Promise<CaseScores[]> {
  const cases: CaseScores[] = [];
  const tallies = new CaseTallies(options);
  let caseKey: string | undefined;
  // A case's repeats come one after the other, so no more than one is ever open.
  const close = () => {
    const closed = caseKey === undefined ? undefined : tallies.take(caseKey);
    if (closed !== undefined) cases.push(closed);
  };
  const tagLists = new Map<string, readonly string[]>();
  for await (const { tags, ...one } of repeatScores(tx, run, options)) {
    if (one.caseKey !== caseKey) close();
    caseKey = one.caseKey;
    tallies.add({ ...one, tags: onlyOne(tagLists, tags) });
  }
  close();
  return cases.sort((a, b) => (a.caseKey < b.caseKey ? -1 : 1));
}

/** Most cases share their tags with many others: one list for all of them holds a third less. */
function onlyOne(known: Map<string, readonly string[]>, tags: readonly string[]): readonly string[] {
  const name = JSON.stringify(tags);
  const first = known.get(name) ?? tags;
  known.set(name, first);
  return first;
}

/** What a run has stored so far. Reads no outputs, metrics only when some are asked for, and a page at a time. */
export async function* repeatScores(
  tx: TenantTx,
  run: RunRow,
  options: TallyOptions = {},
): AsyncGenerator<RepeatScore> {
  const withMetrics = (options.metrics ?? []).length > 0;
  let after: { position: number; repeat: number } | undefined;
  for (;;) {
    const page = { runId: run.id, ...(after !== undefined && { after }), limit: RESULTS_PER_PAGE };
    const rows = await listMeasuredRows(tx, { ...page, withMetrics });
    for (const row of rows) yield repeatScoreOf(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < RESULTS_PER_PAGE) return;
    after = { position: last.position, repeat: last.repeat };
    // SQLite answers within the turn: without this a whole run would be read in one.
    await nextTurn();
  }
}

type StoredScore = Pick<
  MeasuredRow,
  "status" | "score" | "passed" | "metrics" | "caseKey" | "group" | "tags" | "latencyMs" | "costMicros"
>;

/** One stored result, as a gate counts it. */
export function repeatScoreOf({ status, score, passed, metrics, ...about }: StoredScore): RepeatScore {
  const { caseKey, group, tags, latencyMs, costMicros } = about;
  return {
    ...{ caseKey, group, tags, latencyMs, costMicros },
    metrics,
    outcome:
      status === "scored" && score !== null
        ? { status, score, passed: passed === true }
        : { status: status === "failed" ? "failed" : "not_scored" },
  };
}

/** The same, as a summary counts it. */
export function measuredRepeatOf(
  row: StoredScore & Pick<MeasuredRow, "promptTokens" | "completionTokens">,
): MeasuredRepeat {
  const { promptTokens, completionTokens, latencyMs, costMicros } = row;
  return { ...repeatScoreOf(row), latencyMs, promptTokens, completionTokens, costMicros };
}
