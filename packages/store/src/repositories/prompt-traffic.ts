import { and, desc, eq, gte, lt, max, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";
import { areServed, readSums, type ServedSums, sumsOf } from "./served-sums.ts";

export interface TrafficTotals extends ServedSums {
  keyId: string | null;
  promptVersionId: string | null;
  label: string | null;
  lastUsedAt: Date;
}

interface WantedTraffic {
  promptId: string;
  since: Date;
  limit: number;
}

/** Requests to a prompt by key, version and label, those with most requests first. */
export async function sumPromptTraffic(
  tx: TenantTx,
  { promptId, since, limit }: WantedTraffic,
): Promise<TrafficTotals[]> {
  const { traces } = tx.tables;
  const sums = sumsOf(tx);
  const rows = await tx.aggregate(traces, {
    columns: {
      keyId: traces.keyId,
      promptVersionId: traces.promptVersionId,
      label: traces.label,
      ...sums,
      lastUsedAt: max(traces.createdAt),
    },
    where: areServed(tx, eq(traces.promptId, promptId), gte(traces.createdAt, since)),
    groupBy: [traces.keyId, traces.promptVersionId, traces.label],
    orderBy: [desc(sums.requests)],
    limit,
  });
  return rows.map((row) => ({
    keyId: row.keyId as string | null,
    promptVersionId: row.promptVersionId as string | null,
    label: row.label as string | null,
    ...readSums(row),
    lastUsedAt: row.lastUsedAt as Date,
  }));
}

/** How many requests a prompt got between each of these times and the next, in one pass over its index. */
export async function countPromptRequests(
  tx: TenantTx,
  { promptId, bounds }: { promptId: string; bounds: readonly Date[] },
): Promise<number[]> {
  const { traces } = tx.tables;
  const [first, last] = [bounds[0], bounds.at(-1)];
  if (first === undefined || last === undefined) return [];
  const columns = Object.fromEntries(
    bounds.slice(1).map((until, index) => {
      const since = bounds[index] ?? first;
      const within = and(gte(traces.createdAt, since), lt(traces.createdAt, until));
      return [`day${index}`, sql`coalesce(sum(case when ${within} then 1 else 0 end), 0)`];
    }),
  );
  const [row = {}] = await tx.aggregate(traces, {
    columns,
    where: areServed(
      tx,
      eq(traces.promptId, promptId),
      gte(traces.createdAt, first),
      lt(traces.createdAt, last),
    ),
  });
  return Object.keys(columns).map((name) => Number((row as Record<string, unknown>)[name] ?? 0));
}
