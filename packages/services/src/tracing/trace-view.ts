import type { Feedback, Trace } from "@assay/core";
import {
  type FeedbackRow,
  findPrompts,
  findVersionNames,
  listKeptTraceIds,
  summarizeFeedback,
  type TenantTx,
  type TraceRow,
} from "@assay/store";

/** Traces as the contract shows them, in the order given. */
export async function viewTraces(tx: TenantTx, rows: readonly TraceRow[], now: Date): Promise<Trace[]> {
  const ids = rows.map(({ id }) => id);
  const kept = await listKeptTraceIds(tx, ids, now);
  const feedback = await summarizeFeedback(tx, ids);
  const versions = await findVersionNames(
    tx,
    rows.flatMap(({ promptVersionId }) => promptVersionId ?? []),
  );
  const prompts = await findPrompts(tx, { ids: rows.flatMap(({ promptId }) => promptId ?? []) });
  return rows.map((row) => {
    const version = row.promptVersionId === null ? undefined : versions.get(row.promptVersionId);
    return {
      id: row.id,
      keyId: row.keyId,
      prompt: prompts.get(row.promptId ?? "")?.slug ?? null,
      promptVersion: version?.version ?? null,
      label: row.label,
      model: row.model,
      adapterSha256: row.adapterSha256,
      status: row.status,
      failureCode: row.failureCode,
      source: row.source,
      promptTokens: row.promptTokens,
      completionTokens: row.completionTokens,
      costMicros: row.costMicros,
      latencyMs: row.latencyMs,
      hasContent: kept.has(row.id),
      feedback: feedback.get(row.id) ?? { count: 0, meanScore: null },
      createdAt: row.createdAt.toISOString(),
    };
  });
}

export function viewFeedback(row: FeedbackRow): Feedback {
  const { id, traceId, score, comment, correction } = row;
  return { id, traceId, score, comment, correction, createdAt: row.createdAt.toISOString() };
}
