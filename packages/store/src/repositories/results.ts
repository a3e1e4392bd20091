import { type CaseOutcome, LIMITS } from "@assay/core";
import { and, asc, eq, gt, gte, type InferSelectModel, inArray, lt, ne, or, sql } from "../drizzle.ts";
import type { MetricNumber } from "../schema/evaluation-tables.ts";
import type { Schema } from "../schema/index.ts";
import { type Cut, countWithinPage, lengthOf, selectWithin } from "../select-within.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type ResultRow = InferSelectModel<Schema["results"]>;
export type ResultInsert = Omit<ResultRow, "tenantId" | "metricScores">;

/** A second result for the same (position, repeat) is refused by the primary key. */
export async function insertResults(tx: TenantTx, rows: ResultInsert[]): Promise<void> {
  const withNumbers = rows.map((row) => ({ ...row, metricScores: metricNumbers(row.outcome) }));
  await tx.insertAll(tx.tables.results, withNumbers, "A case of this run has a result already.");
}

/** The metrics of an outcome, in numbers. */
export function metricNumbers(outcome: CaseOutcome): MetricNumber[] {
  if (outcome.status === "failed") return [];
  return outcome.metrics.map(({ name, outcome: found }) => ({
    name,
    score: found.status === "scored" ? found.score : null,
  }));
}

export async function countResults(tx: TenantTx, runId: string): Promise<number> {
  return await tx.count(tx.tables.results, eq(tx.tables.results.runId, runId));
}

/** Results that failed or were not scored: how a gate counts errors. */
export async function countErrors(tx: TenantTx, runId: string): Promise<number> {
  const { results } = tx.tables;
  const isError = sql`${eq(results.runId, runId)} and ${ne(results.status, "scored")}`;
  return await tx.count(results, isError);
}

interface ResultsPage {
  runId: string;
  status?: CaseOutcome["status"];
  /** Only scored results that passed, or only those that did not. */
  passed?: boolean;
  tag?: string;
  /** Go on after this case and repeat. */
  after?: { position: number; repeat: number };
  limit: number;
}

/**
 * In the order of the dataset's cases, repeats of a case together; as many as may be read in one turn: fewer than asked
 * for is not the end.
 */
export async function listResultRows(tx: TenantTx, page: ResultsPage): Promise<ResultRow[]> {
  return (await cutResultRows(tx, page)).rows;
}

/** The same, and whether there are more. */
export async function cutResultRows(tx: TenantTx, page: ResultsPage): Promise<Cut<ResultRow>> {
  const { results } = tx.tables;
  const { runId, status, passed, tag, after, limit } = page;
  return await selectWithin(tx, results, {
    where: and(
      eq(results.runId, runId),
      status === undefined ? undefined : eq(results.status, status),
      passed === undefined ? undefined : eq(results.passed, passed),
      tag === undefined ? undefined : hasTag(tx, tag),
      after && isAfter(tx, after),
    ),
    orderBy: [asc(results.position), asc(results.repeat)],
    limit,
    long: results.outcome,
  });
}

function isAfter(tx: TenantTx, after: { position: number; repeat: number }) {
  const { results } = tx.tables;
  return or(
    gt(results.position, after.position),
    and(eq(results.position, after.position), gt(results.repeat, after.repeat)),
  );
}

/** Tags are a list of JSON texts, in which a quotation mark within a tag is escaped; `like` would ignore case here. */
function hasTag(tx: TenantTx, tag: string) {
  const { tags } = tx.tables.results;
  return sql`replace(${tags}, ${JSON.stringify(tag)}, '') <> ${tags}`;
}

/** The repeats of the case at this place, as many as may be read in one turn. */
export async function listResultsOfCase(
  tx: TenantTx,
  runId: string,
  position: number,
): Promise<Cut<ResultRow>> {
  const { results } = tx.tables;
  return await selectWithin(tx, results, {
    where: and(eq(results.runId, runId), eq(results.position, position)),
    orderBy: [asc(results.repeat)],
    limit: LIMITS.repeatsMax,
    long: results.outcome,
  });
}

/** What the judges of a run's results cost together; null where nothing is known of it. */
export async function sumJudgeCosts(tx: TenantTx, runId: string): Promise<number | null> {
  const { results } = tx.tables;
  const [row] = await tx.aggregate(results, {
    columns: { micros: sql`sum(${results.judgeCostMicros})` },
    where: eq(results.runId, runId),
  });
  return row?.micros == null ? null : Number(row.micros);
}

interface PositionRange {
  runId: string;
  /** Inclusive. */
  fromPosition: number;
  /** Exclusive. */
  toPosition: number;
}

function inRange(tx: TenantTx, { runId, fromPosition, toPosition }: PositionRange) {
  const { results } = tx.tables;
  return and(eq(results.runId, runId), gte(results.position, fromPosition), lt(results.position, toPosition));
}

/** Which (position, repeat) of a range of cases are stored: what a resumed run leaves out. */
export async function listStoredRepeats(
  tx: TenantTx,
  range: PositionRange,
): Promise<{ position: number; repeat: number }[]> {
  const { results } = tx.tables;
  const rows = await tx.aggregate(results, {
    columns: { position: results.position, repeat: results.repeat },
    where: inRange(tx, range),
  });
  return rows.map((row) => ({ position: Number(row.position), repeat: Number(row.repeat) }));
}

/** The same for single places. */
export async function listStoredRepeatsAt(
  tx: TenantTx,
  runId: string,
  positions: readonly number[],
): Promise<{ position: number; repeat: number }[]> {
  const { results } = tx.tables;
  const rows = await tx.aggregate(results, {
    columns: { position: results.position, repeat: results.repeat },
    where: and(eq(results.runId, runId), inArray(results.position, [...positions])),
  });
  return rows.map((row) => ({ position: Number(row.position), repeat: Number(row.repeat) }));
}

/** Keys of the cases of which a repeat did not pass, for whatever reason. */
export async function listFailingKeys(tx: TenantTx, runId: string): Promise<Set<string>> {
  const { results } = tx.tables;
  const hasPassed = and(eq(results.status, "scored"), eq(results.passed, true));
  const rows = await tx.aggregate(results, {
    columns: { caseKey: results.caseKey },
    where: and(eq(results.runId, runId), sql`not (${hasPassed})`),
    groupBy: [results.caseKey],
  });
  return new Set(rows.map((row) => String(row.caseKey)));
}

export interface ResultPlace {
  position: number;
  repeat: number;
}

/** Places of results in groups, in their order, each of which may be read in one turn. */
export async function groupResultPlaces(
  tx: TenantTx,
  runId: string,
  places: readonly ResultPlace[],
): Promise<ResultPlace[][]> {
  if (places.length === 0) return [];
  const { results } = tx.tables;
  const name = ({ position, repeat }: ResultPlace) => `${position}:${repeat}`;
  const rows = await tx.aggregate(results, {
    columns: { position: results.position, repeat: results.repeat, bytes: lengthOf(results.outcome) },
    where: and(eq(results.runId, runId), isAnyOf(tx, places)),
  });
  const bytesAt = new Map(rows.map((row) => [`${row.position}:${row.repeat}`, Number(row.bytes)]));
  const groups: ResultPlace[][] = [];
  for (let left = [...places]; left.length > 0; left = left.slice(groups.at(-1)?.length)) {
    groups.push(left.slice(0, countWithinPage(left.map((place) => bytesAt.get(name(place)) ?? 0))));
  }
  return groups;
}

function isAnyOf(tx: TenantTx, places: readonly ResultPlace[]) {
  const { position, repeat } = tx.tables.results;
  return or(...places.map((place) => and(eq(position, place.position), eq(repeat, place.repeat))));
}

/**
 * Single results of a run, in no order; those that are not there are left out. Of a group of `groupResultPlaces` where
 * they may be long.
 */
export async function findResults(
  tx: TenantTx,
  runId: string,
  places: readonly ResultPlace[],
): Promise<ResultRow[]> {
  if (places.length === 0) return [];
  const { results } = tx.tables;
  return await tx.select(results, { where: and(eq(results.runId, runId), isAnyOf(tx, places)) });
}

export type MeasuredRow = Pick<
  ResultRow,
  | "position"
  | "caseKey"
  | "repeat"
  | "tags"
  | "group"
  | "status"
  | "score"
  | "passed"
  | "latencyMs"
  | "promptTokens"
  | "completionTokens"
  | "costMicros"
> & { metrics: MetricNumber[] };

/** What a gate or a summary needs of a run's results, by position and repeat: no outputs, and metrics only when asked for. */
export async function listMeasuredRows(
  tx: TenantTx,
  {
    runId,
    after,
    limit,
    withMetrics,
  }: Pick<ResultsPage, "runId" | "after" | "limit"> & {
    withMetrics: boolean;
  },
): Promise<MeasuredRow[]> {
  const { results } = tx.tables;
  const { position, caseKey, repeat, tags, group, status, score, passed } = results;
  const { latencyMs, promptTokens, completionTokens, costMicros } = results;
  const about = { position, caseKey, repeat, tags, group, status, score, passed };
  const plain = { ...about, latencyMs, promptTokens, completionTokens, costMicros };
  const rows = await tx.aggregate(results, {
    columns: { ...plain, metrics: withMetrics ? results.metricScores : sql`null` },
    where: and(eq(results.runId, runId), after && isAfter(tx, after)),
    orderBy: [sql`${position}`, sql`${repeat}`],
    limit,
  });
  return rows.map(({ metrics, ...row }) => ({ ...row, metrics: metrics ?? [] }) as MeasuredRow);
}
