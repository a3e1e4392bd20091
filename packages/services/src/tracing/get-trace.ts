import { AppError, invariant, notFound, type TraceDetail } from "@assay/core";
import { findPromptById, findTrace, listTraceContents, type TenantTx, type TraceRow } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { viewTraces } from "./trace-view.ts";

export async function getTrace(context: Context, { traceId }: VerbInput<"getTrace">): Promise<TraceDetail> {
  const now = context.platform.now();
  return await context.tenant.read(async (tx) => {
    const row = await requireTrace(context, tx, traceId);
    const [trace] = await viewTraces(tx, [row], now);
    invariant(trace !== undefined, "one row is one trace");
    const [content] = await listTraceContents(tx, [row.id], now);
    return {
      ...trace,
      content:
        content === undefined
          ? null
          : {
              variables: content.variables,
              messages: content.messages,
              output: content.output,
              toolCalls: content.toolCalls ?? [],
              expiresAt: content.expiresAt.toISOString(),
            },
    };
  });
}

/**
 * A trace that this key may read.
 * @throws AppError `not_found`; `scope_missing` for a trace of no prompt, or of one that the key is not confined to
 */
export async function requireTrace(context: Context, tx: TenantTx, traceId: string): Promise<TraceRow> {
  const row = await findTrace(tx, traceId);
  if (row === undefined) throw notFound("trace");
  if (context.caller.prompts === null) return row;
  const prompt = row.promptId === null ? undefined : await findPromptById(tx, row.promptId);
  if (prompt === undefined)
    throw new AppError("scope_missing", "This key is confined to prompts; this request was to none.");
  requirePromptAccess(context, prompt.slug);
  return row;
}
