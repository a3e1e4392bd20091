import { and, desc, eq, gte, type InferSelectModel, inArray, lt, type SQL, sql } from "../drizzle.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";
import { readSums, type ServedSums, sumsOf } from "./served-sums.ts";

export interface TraceInsert {
  id: string;
  /** Null for a person. */
  keyId: string | null;
  promptId: string | null;
  promptVersionId: string | null;
  /** The label that the request named. */
  label?: string | null;
  model: string;
  adapterSha256: string | null;
  status: "completed" | "failed" | "cancelled";
  failureCode: string | null;
  promptTokens: number | null;
  completionTokens: number | null;
  costMicros: number | null;
  latencyMs: number;
  /** `playground` when somebody tried it out; `served` unless said. */
  source?: "served" | "playground";
  createdAt: Date;
}

export async function insertTrace(tx: TenantTx, trace: TraceInsert): Promise<void> {
  await tx.insert(tx.tables.traces, trace);
}

export type TraceRow = InferSelectModel<Schema["traces"]>;

/** @param lock until the transaction ends, so that what belongs to the trace can be counted. */
export async function findTrace(tx: TenantTx, id: string, lock = false): Promise<TraceRow | undefined> {
  return await tx.find(tx.tables.traces, eq(tx.tables.traces.id, id), lock);
}

export async function findTraces(tx: TenantTx, ids: readonly string[]): Promise<TraceRow[]> {
  return ids.length === 0
    ? []
    : await tx.select(tx.tables.traces, { where: inArray(tx.tables.traces.id, [...ids]) });
}

export interface TraceFilter {
  /** The only prompts whose traces may be seen; null for all, and for requests that named no prompt. */
  promptIds: readonly string[] | null;
  promptVersionId?: string | undefined;
  label?: string | undefined;
  status?: TraceRow["status"] | undefined;
  source?: TraceRow["source"] | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
  hasContent?: boolean | undefined;
  hasFeedback?: boolean | undefined;
  minScore?: number | undefined;
  maxScore?: number | undefined;
}

interface TracesPage {
  filter: TraceFilter;
  now: Date;
  /** Go on after this trace's id. */
  after?: string;
  limit: number;
  /** How many traces to look at. */
  scannedMax: number;
}

/**
 * Newest first. Looks at `scannedMax` traces, however few of them the filter lets through, so that no question takes
 * longer than that; `scannedTo` is the last one looked at, or null when there are no more.
 */
export async function listTraceRows(
  tx: TenantTx,
  { filter, now, after, limit, scannedMax }: TracesPage,
): Promise<{ rows: TraceRow[]; scannedTo: string | null }> {
  const { traces } = tx.tables;
  // An id begins with the time it was made at, so that a period is a range of ids.
  const within = and(
    after === undefined ? undefined : lt(traces.id, after),
    filter.since && gte(traces.id, idAt(filter.since)),
    filter.until && lt(traces.id, idAt(filter.until)),
  );
  const scanned = await tx.aggregate(traces, {
    columns: { id: traces.id },
    where: within,
    orderBy: [desc(traces.id)],
    limit: scannedMax,
  });
  const scannedTo = scanned.length < scannedMax ? null : String(scanned.at(-1)?.id);
  if (scanned.length === 0) return { rows: [], scannedTo };
  const rows = await tx.select(traces, {
    where: and(within, scannedTo === null ? undefined : gte(traces.id, scannedTo), passes(tx, filter, now)),
    orderBy: [desc(traces.id)],
    limit,
  });
  return { rows, scannedTo };
}

function idAt(time: Date): string {
  return `trc_${time.getTime().toString(16).padStart(12, "0")}`;
}

function passes(tx: TenantTx, filter: TraceFilter, now: Date): SQL | undefined {
  const { traces, traceContents, feedback } = tx.tables;
  const { promptIds, promptVersionId, label, status, source, hasContent, hasFeedback, minScore, maxScore } =
    filter;
  const content = sql`exists (select 1 from ${traceContents} c where c.tenant_id = ${traces.tenantId}
    and c.trace_id = ${traces.id} and c.expires_at > ${sql.param(now, traceContents.expiresAt)})`;
  const opinions = (condition: SQL) => sql`exists (select 1 from ${feedback} f
    where f.tenant_id = ${traces.tenantId} and f.trace_id = ${traces.id} and ${condition})`;
  return and(
    promptIds === null ? undefined : inArray(traces.promptId, [...promptIds]),
    promptVersionId === undefined ? undefined : eq(traces.promptVersionId, promptVersionId),
    label === undefined ? undefined : eq(traces.label, label),
    status === undefined ? undefined : eq(traces.status, status),
    source === undefined ? undefined : eq(traces.source, source),
    hasContent === undefined ? undefined : hasContent ? content : sql`not ${content}`,
    hasFeedback === undefined
      ? undefined
      : hasFeedback
        ? opinions(sql`1 = 1`)
        : sql`not ${opinions(sql`1 = 1`)}`,
    minScore === undefined ? undefined : opinions(sql`f.score >= ${minScore}`),
    maxScore === undefined ? undefined : opinions(sql`f.score <= ${maxScore}`),
  );
}

/** Requests that were served since then: of the tenant, and of one of its keys. */
export async function countServedSince(
  tx: TenantTx,
  { since, keyId }: { since: Date; keyId: string | null },
): Promise<{ all: number; ofKey: number }> {
  const { traces } = tx.tables;
  const [row] = await tx.aggregate(traces, {
    columns: {
      all: sql`count(*)`,
      ofKey: sql`coalesce(sum(case when ${traces.keyId} = ${keyId ?? ""} then 1 else 0 end), 0)`,
    },
    where: gte(traces.createdAt, since),
  });
  return { all: Number(row?.all ?? 0), ofKey: Number(row?.ofKey ?? 0) };
}

export interface UsageTotals extends ServedSums {
  keyId: string | null;
  promptVersionId: string | null;
  model: string;
}

/** Requests in [since, until) summed by who asked (apps, or people in the playground), key, version and model. */
export async function sumUsage(
  tx: TenantTx,
  period: { since?: Date; until?: Date },
): Promise<(UsageTotals & { source: TraceRow["source"] })[]> {
  const { traces } = tx.tables;
  const rows = await tx.aggregate(traces, {
    columns: {
      source: traces.source,
      keyId: traces.keyId,
      promptVersionId: traces.promptVersionId,
      model: traces.model,
      ...sumsOf(tx),
    },
    where: and(
      period.since && gte(traces.createdAt, period.since),
      period.until && lt(traces.createdAt, period.until),
    ),
    groupBy: [traces.source, traces.keyId, traces.promptVersionId, traces.model],
  });
  return rows.map((row) => ({
    source: row.source as TraceRow["source"],
    keyId: row.keyId as string | null,
    promptVersionId: row.promptVersionId as string | null,
    model: String(row.model),
    ...readSums(row),
  }));
}
