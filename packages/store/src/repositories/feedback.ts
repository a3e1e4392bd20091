import { and, asc, eq, gt, type InferSelectModel, inArray, sql } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type FeedbackRow = InferSelectModel<Schema["feedback"]>;

export async function insertFeedback(
  tx: TenantTx,
  draft: Omit<FeedbackRow, "tenantId" | "id">,
): Promise<FeedbackRow> {
  return await tx.insert(tx.tables.feedback, { id: newId("feedback"), ...draft });
}

export async function countFeedback(tx: TenantTx, traceId: string): Promise<number> {
  return await tx.count(tx.tables.feedback, eq(tx.tables.feedback.traceId, traceId));
}

/** Oldest first. */
export async function listFeedbackRows(
  tx: TenantTx,
  traceId: string,
  page: { after?: string; limit: number },
): Promise<FeedbackRow[]> {
  const { feedback } = tx.tables;
  const { after, limit } = page;
  return await tx.select(feedback, {
    where: and(eq(feedback.traceId, traceId), after === undefined ? undefined : gt(feedback.id, after)),
    orderBy: [asc(feedback.id)],
    limit,
  });
}

/** Of several traces, oldest first. Bounded by how much feedback one trace takes. */
export async function listFeedbackOf(tx: TenantTx, traceIds: readonly string[]): Promise<FeedbackRow[]> {
  if (traceIds.length === 0) return [];
  const { feedback } = tx.tables;
  return await tx.select(feedback, {
    where: inArray(feedback.traceId, [...traceIds]),
    orderBy: [asc(feedback.id)],
  });
}

export interface FeedbackSummary {
  count: number;
  /** Null when none of it has a score. */
  meanScore: number | null;
}

/** By trace id; a trace without feedback is absent. */
export async function summarizeFeedback(
  tx: TenantTx,
  traceIds: readonly string[],
): Promise<Map<string, FeedbackSummary>> {
  if (traceIds.length === 0) return new Map();
  const { feedback } = tx.tables;
  const rows = await tx.aggregate(feedback, {
    columns: { traceId: feedback.traceId, count: sql`count(*)`, meanScore: sql`avg(${feedback.score})` },
    where: inArray(feedback.traceId, [...traceIds]),
    groupBy: [feedback.traceId],
  });
  return new Map(
    rows.map(({ traceId, count, meanScore }) => [
      String(traceId),
      { count: Number(count), meanScore: meanScore === null ? null : Number(meanScore) },
    ]),
  );
}
