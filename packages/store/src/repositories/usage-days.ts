import { gte, inArray, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";
import { areServed, readSums, type ServedSums, sumsOf } from "./served-sums.ts";

export type UsageDimension = "prompt" | "key" | "model";

export interface UsageDayTotals extends ServedSums {
  /** Which of `dayStarts`, counted from 0. */
  day: number;
  /** Id of the prompt or key, or the model's name; null where a request named no prompt or came with no key. */
  group: string | null;
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
  const rows = await tx.aggregate(traces, {
    columns: {
      day: sql`case ${sql.join(newestFirst, sql` `)} end`,
      group,
      ...sumsOf(tx),
    },
    where: areServed(
      tx,
      gte(traces.createdAt, first),
      promptIds === null ? undefined : inArray(traces.promptId, [...promptIds]),
    ),
    // By place: a repeated expression has parameters of its own, and Postgres takes it for another.
    groupBy: [sql`1`, sql`2`],
  });
  return rows.map((row) => ({
    day: Number(row.day),
    group: row.group as string | null,
    ...readSums(row),
  }));
}
