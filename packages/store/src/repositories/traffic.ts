import { desc, eq, gte, inArray, isNotNull, type SQL, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";
import { areServed, readSums, type ServedSums, sumsOf } from "./served-sums.ts";

/** Latencies are counted in classes, each 5 % wider than the one before: a quantile is then known to within 3 %. */
const CLASSES_PER_E = 20;

export interface TrafficScope {
  /** Only requests of these prompts; null for every prompt. */
  promptIds: readonly string[] | null;
  /** Only requests that named this label. */
  label?: string;
  since: Date;
}

function isCounted(tx: TenantTx, { promptIds, label, since }: TrafficScope): SQL | undefined {
  const { traces } = tx.tables;
  return areServed(
    tx,
    promptIds === null ? isNotNull(traces.promptId) : inArray(traces.promptId, [...promptIds]),
    label === undefined ? undefined : eq(traces.label, label),
    gte(traces.createdAt, since),
  );
}

/** When the first of the newest `max` requests was: what is counted from then on is bounded. Null where there are fewer. */
export async function findTrafficStart(tx: TenantTx, scope: TrafficScope, max: number): Promise<Date | null> {
  const { traces } = tx.tables;
  const [row] = await tx.aggregate(traces, {
    columns: { createdAt: traces.createdAt },
    where: isCounted(tx, scope),
    orderBy: [desc(traces.createdAt)],
    limit: 1,
    offset: max,
  });
  return row === undefined ? null : (row.createdAt as Date);
}

/** Requests of one prompt on one day whose latency is of one class. */
export interface TrafficCell extends ServedSums {
  promptId: string;
  /** Which of `dayStarts`, counted from 0. */
  day: number;
  /** Null for requests that were not completed: how long they took says nothing. */
  latencyMs: number | null;
}

/** Requests since the first of `dayStarts` (oldest first), in so small groups that quantiles can be read off them. */
export async function countTraffic(
  tx: TenantTx,
  scope: TrafficScope,
  dayStarts: readonly Date[],
): Promise<TrafficCell[]> {
  const { traces } = tx.tables;
  const newestFirst = dayStarts
    .map((start, day) => sql`when ${gte(traces.createdAt, start)} then cast(${day} as integer)`)
    .toReversed();
  const isDone = eq(traces.status, "completed");
  const rows = await tx.aggregate(traces, {
    columns: {
      promptId: traces.promptId,
      day: sql`case ${sql.join(newestFirst, sql` `)} else 0 end`,
      latency: sql`case when ${isDone} then floor(ln(${traces.latencyMs} + 1) * cast(${CLASSES_PER_E} as integer)) end`,
      ...sumsOf(tx),
    },
    where: isCounted(tx, scope),
    // By place: repeated expressions have parameters of their own, and Postgres takes them for others.
    groupBy: [sql`1`, sql`2`, sql`3`],
  });
  return rows.map((row) => ({
    promptId: String(row.promptId),
    day: Number(row.day),
    latencyMs: row.latency === null ? null : middleOf(Number(row.latency)),
    ...readSums(row),
  }));
}

function middleOf(latencyClass: number): number {
  return Math.exp((latencyClass + 0.5) / CLASSES_PER_E) - 1;
}

/** Requests, the keys that sent them, and when the last one came. */
export async function countUse(
  tx: TenantTx,
  scope: TrafficScope,
): Promise<{ requests: number; keys: number; lastAt: Date | null }> {
  const { traces } = tx.tables;
  const [row] = await tx.aggregate(traces, {
    columns: { requests: sql`count(*)`, keys: sql`count(distinct ${traces.keyId})` },
    where: isCounted(tx, scope),
  });
  const [last] = await tx.aggregate(traces, {
    columns: { createdAt: traces.createdAt },
    where: isCounted(tx, scope),
    orderBy: [desc(traces.createdAt)],
    limit: 1,
  });
  return {
    requests: Number(row?.requests ?? 0),
    keys: Number(row?.keys ?? 0),
    lastAt: last === undefined ? null : (last.createdAt as Date),
  };
}
