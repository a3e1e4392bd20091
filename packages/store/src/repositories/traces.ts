import { and, gte, lt, sql } from "drizzle-orm";
import type { TenantTx } from "../tenant-tx.ts";

export interface TraceInsert {
  id: string;
  keyId: string;
  promptId: string | null;
  promptVersionId: string | null;
  model: string;
  adapterSha256: string | null;
  status: "completed" | "failed" | "cancelled";
  failureCode: string | null;
  promptTokens: number | null;
  completionTokens: number | null;
  costMicros: number | null;
  latencyMs: number;
  createdAt: Date;
}

export async function insertTrace(tx: TenantTx, trace: TraceInsert): Promise<void> {
  await tx.insert(tx.tables.traces, trace);
}

export interface UsageTotals {
  keyId: string | null;
  promptVersionId: string | null;
  model: string;
  requests: number;
  failedRequests: number;
  promptTokens: number;
  completionTokens: number;
  costMicros: number;
  unpricedRequests: number;
}

/** Usage summed by key, version and model over requests in [since, until). `costMicros` sums the known ones only. */
export async function sumUsage(tx: TenantTx, period: { since?: Date; until?: Date }): Promise<UsageTotals[]> {
  const { traces } = tx.tables;
  const rows = await tx.aggregate(traces, {
    columns: {
      keyId: traces.keyId,
      promptVersionId: traces.promptVersionId,
      model: traces.model,
      requests: sql`count(*)`,
      failedRequests: sql`sum(case when ${traces.status} = 'completed' then 0 else 1 end)`,
      promptTokens: sql`coalesce(sum(${traces.promptTokens}), 0)`,
      completionTokens: sql`coalesce(sum(${traces.completionTokens}), 0)`,
      costMicros: sql`coalesce(sum(${traces.costMicros}), 0)`,
      unpricedRequests: sql`sum(case when ${traces.costMicros} is null then 1 else 0 end)`,
    },
    where: and(
      period.since && gte(traces.createdAt, period.since),
      period.until && lt(traces.createdAt, period.until),
    ),
    groupBy: [traces.keyId, traces.promptVersionId, traces.model],
  });
  // Postgres answers sums as text: they may exceed a double, ours stay far below.
  return rows.map((row) => ({
    keyId: row.keyId as string | null,
    promptVersionId: row.promptVersionId as string | null,
    model: String(row.model),
    requests: Number(row.requests),
    failedRequests: Number(row.failedRequests),
    promptTokens: Number(row.promptTokens),
    completionTokens: Number(row.completionTokens),
    costMicros: Number(row.costMicros),
    unpricedRequests: Number(row.unpricedRequests),
  }));
}
