import { and, eq, gte, inArray, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type UsageDimension = "prompt" | "key" | "model";

export interface UsageDayTotals {
  /** Which of `dayStarts`, counted from 0. */
  day: number;
  /** Id of the prompt or key, or the model's name; null where a request named no prompt or came with no key. */
  group: string | null;
  requests: number;
  failedRequests: number;
  tokens: number;
  costMicros: number;
  unpricedRequests: number;
}

interface WantedDays {
  by: UsageDimension;
  /** Oldest first. */
  dayStarts: readonly Date[];
  /** Only requests of these prompts; null for all. */
  promptIds: readonly string[] | null;
}

/** Served requests by day and one dimension, since the first of `dayStarts`. */
export async function sumUsageDays(
  tx: TenantTx,
  { by, dayStarts, promptIds }: WantedDays,
): Promise<UsageDayTotals[]> {
  const { traces } = tx.tables;
  const first = dayStarts[0];
  if (first === undefined) return [];
  const group = { prompt: traces.promptId, key: traces.keyId, model: traces.model }[by];
  const newestFirst = dayStarts
    .map((start, day) => sql`when ${gte(traces.createdAt, start)} then cast(${day} as integer)`)
    .toReversed();
  const isDone = eq(traces.status, "completed");
  const rows = await tx.aggregate(traces, {
    columns: {
      day: sql`case ${sql.join(newestFirst, sql` `)} end`,
      group,
      requests: sql`count(*)`,
      failedRequests: sql`sum(case when ${isDone} then 0 else 1 end)`,
      tokens: sql`coalesce(sum(coalesce(${traces.promptTokens}, 0) + coalesce(${traces.completionTokens}, 0)), 0)`,
      costMicros: sql`coalesce(sum(${traces.costMicros}), 0)`,
      unpricedRequests: sql`sum(case when ${isDone} and ${traces.costMicros} is null then 1 else 0 end)`,
    },
    where: and(
      gte(traces.createdAt, first),
      eq(traces.source, "served"),
      promptIds === null ? undefined : inArray(traces.promptId, [...promptIds]),
    ),
    // By place: a repeated expression has parameters of its own, and Postgres takes it for another.
    groupBy: [sql`1`, sql`2`],
  });
  return rows.map((row) => ({
    day: Number(row.day),
    group: row.group as string | null,
    requests: Number(row.requests),
    failedRequests: Number(row.failedRequests),
    tokens: Number(row.tokens),
    costMicros: Number(row.costMicros),
    unpricedRequests: Number(row.unpricedRequests),
  }));
}
