import { insertTrace, newId, type TraceInsert } from "@assay/store";
import type { Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";

/** Records requests to the prompt `triage` as if they had been served: completed, of 5 tokens, at 10 micro-units. */
export async function serveRequests(
  context: Context,
  requests: readonly Partial<TraceInsert>[],
): Promise<void> {
  await context.tenant.record(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, "triage");
    for (const request of requests) {
      await insertTrace(tx, {
        id: newId("trace"),
        keyId: context.caller.keyId,
        promptId,
        promptVersionId: null,
        model: "base",
        adapterSha256: null,
        status: "completed",
        failureCode: null,
        promptTokens: 2,
        completionTokens: 3,
        costMicros: 10,
        latencyMs: 100,
        createdAt: context.platform.now(),
        ...request,
      });
    }
  });
}
