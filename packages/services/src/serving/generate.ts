import { performance } from "node:perf_hooks";
import type { GenerateEvent, GenerateRequest, TokenUsage } from "@assay/core";
import { insertTrace, newId } from "@assay/store";
import type { Context } from "../context.ts";
import { costMicros } from "./cost-micros.ts";
import type { Servable } from "./find-servable.ts";

/** What is known of a generation before its first token. */
export interface Generation {
  traceId: string;
  servable: Servable;
  /** Recording the trace is part of the stream: it happens before the last event is handed out. */
  events: AsyncIterable<GenerateEvent>;
  /** Micro-units, once the stream has ended; null while unknown. */
  cost(): number | null;
}

interface Ending {
  status: "completed" | "failed" | "cancelled";
  failureCode: string | null;
  usage: TokenUsage | undefined;
}

/** Starts a generation for the caller. However it ends, exactly one trace is recorded. */
export function startGeneration(
  context: Context,
  servable: Servable,
  generation: { request: GenerateRequest; signal: AbortSignal },
): Generation {
  const traceId = newId("trace");
  const startedAt = performance.now();
  let cost: number | null = null;

  const record = async (ending: Ending): Promise<void> => {
    cost = costMicros(servable.model.price, ending.usage);
    await context.tenant.record((tx) =>
      insertTrace(tx, {
        id: traceId,
        keyId: context.caller.keyId,
        promptId: servable.prompt?.id ?? null,
        promptVersionId: servable.prompt?.versionId ?? null,
        model: servable.model.slug,
        adapterSha256: servable.adapterSha256,
        status: ending.status,
        failureCode: ending.failureCode,
        promptTokens: ending.usage?.promptTokens ?? null,
        completionTokens: ending.usage?.completionTokens ?? null,
        costMicros: cost,
        latencyMs: performance.now() - startedAt,
        createdAt: context.platform.now(),
      }),
    );
  };

  const { request, signal } = generation;
  const events = context.platform.engine.generate(request, {
    tenantId: context.tenant.tenantId,
    priority: "interactive",
    signal,
  });
  return { traceId, servable, events: recorded(events, record), cost: () => cost };
}

/** Passes events on and records how they ended, also when the reader stops reading in the middle. */
async function* recorded(
  events: AsyncIterable<GenerateEvent>,
  record: (ending: Ending) => Promise<void>,
): AsyncGenerator<GenerateEvent> {
  let isRecorded = false;
  try {
    for await (const event of events) {
      if (event.type === "finish" || event.type === "failed") {
        isRecorded = true;
        await record(endingOf(event));
      }
      yield event;
    }
  } finally {
    if (!isRecorded) await record({ status: "cancelled", failureCode: "cancelled", usage: undefined });
  }
}

function endingOf(event: Extract<GenerateEvent, { type: "finish" | "failed" }>): Ending {
  if (event.type === "finish") return { status: "completed", failureCode: null, usage: event.usage };
  const { code } = event.failure;
  return { status: code === "cancelled" ? "cancelled" : "failed", failureCode: code, usage: event.usage };
}
