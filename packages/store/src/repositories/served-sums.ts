import { and, eq, type SQL, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";

/** What a group of requests adds up to. `costMicros` sums the known costs only; `unpricedRequests` says how many lack. */
export interface ServedSums {
  requests: number;
  failedRequests: number;
  promptTokens: number;
  completionTokens: number;
  costMicros: number;
  unpricedRequests: number;
}

/** What apps asked for their users, and no more: what somebody tried out is nobody's traffic. */
export function areServed(tx: TenantTx, ...conditions: (SQL | undefined)[]): SQL | undefined {
  return and(eq(tx.tables.traces.source, "served"), ...conditions);
}

/**
 * The one way to add requests up, for `tx.aggregate`. A request that failed before a token was counted owes nothing;
 * any other without a cost is unpriced.
 */
export function sumsOf(tx: TenantTx): Record<keyof ServedSums, SQL> {
  const { traces } = tx.tables;
  const isDone = sql`${traces.status} = 'completed'`;
  const owes = sql`(${isDone} or ${traces.promptTokens} is not null)`;
  return {
    requests: sql`count(*)`,
    failedRequests: sql`sum(case when ${isDone} then 0 else 1 end)`,
    promptTokens: sql`coalesce(sum(${traces.promptTokens}), 0)`,
    completionTokens: sql`coalesce(sum(${traces.completionTokens}), 0)`,
    costMicros: sql`coalesce(sum(${traces.costMicros}), 0)`,
    unpricedRequests: sql`sum(case when ${traces.costMicros} is null and ${owes} then 1 else 0 end)`,
  };
}

/** Postgres answers sums as text: they may exceed a double, ours stay far below. */
export function readSums(row: Record<keyof ServedSums, unknown>): ServedSums {
  return {
    requests: Number(row.requests),
    failedRequests: Number(row.failedRequests),
    promptTokens: Number(row.promptTokens),
    completionTokens: Number(row.completionTokens),
    costMicros: Number(row.costMicros),
    unpricedRequests: Number(row.unpricedRequests),
  };
}
