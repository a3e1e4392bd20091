import { and, desc, eq, gte, lt, max, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";

export interface TrafficTotals {
  keyId: string | null;
  promptVersionId: string | null;
  label: string | null;
  requests: number;
  failedRequests: number;
  tokens: number;
  costMicros: number;
  unpricedRequests: number;
  lastUsedAt: Date;
}

interface WantedTraffic {
  promptId: string;
  since: Date;
  limit: number;
}

/** What apps asked; what people tried out in the playground reaches nobody. */
function served(tx: TenantTx, promptId: string) {
  const { traces } = tx.tables;
  return and(eq(traces.promptId, promptId), eq(traces.source, "served"));
}

/** Requests to a prompt by key, version and label, those with most requests first. */
export async function sumPromptTraffic(
  tx: TenantTx,
  { promptId, since, limit }: WantedTraffic,
): Promise<TrafficTotals[]> {
  const { traces } = tx.tables;
  const requests = sql<number>`count(*)`;
  const rows = await tx.aggregate(traces, {
    columns: {
      keyId: traces.keyId,
      promptVersionId: traces.promptVersionId,
      label: traces.label,
      requests,
      failedRequests: sql`sum(case when ${traces.status} = 'completed' then 0 else 1 end)`,
      tokens: sql`coalesce(sum(coalesce(${traces.promptTokens}, 0) + coalesce(${traces.completionTokens}, 0)), 0)`,
      costMicros: sql`coalesce(sum(${traces.costMicros}), 0)`,
      unpricedRequests: sql`sum(case when ${traces.costMicros} is null then 1 else 0 end)`,
      lastUsedAt: max(traces.createdAt),
    },
    where: and(served(tx, promptId), gte(traces.createdAt, since)),
    groupBy: [traces.keyId, traces.promptVersionId, traces.label],
    orderBy: [desc(requests)],
    limit,
  });
  return rows.map((row) => ({
    keyId: row.keyId as string | null,
    promptVersionId: row.promptVersionId as string | null,
    label: row.label as string | null,
    requests: Number(row.requests),
    failedRequests: Number(row.failedRequests),
    tokens: Number(row.tokens),
    costMicros: Number(row.costMicros),
    unpricedRequests: Number(row.unpricedRequests),
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
    where: and(served(tx, promptId), gte(traces.createdAt, first), lt(traces.createdAt, last)),
  });
  return Object.keys(columns).map((name) => Number((row as Record<string, unknown>)[name] ?? 0));
}
