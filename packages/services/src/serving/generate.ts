import { performance } from "node:perf_hooks";
import {
  type GenerateEvent,
  type GenerateRequest,
  LIMITS,
  type TokenUsage,
  type ToolCall,
} from "@assay/core";
import { insertTrace, newId } from "@assay/store";
import type { Context } from "../context.ts";
import { type CallerWords, keepContent } from "../tracing/keep-content.ts";
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

export interface GenerationStart {
  request: GenerateRequest;
  signal: AbortSignal;
  /** The label that the caller named. */
  label?: string | null;
  /** What may be kept of a request to a prompt, where its settings ask for it. */
  words?: CallerWords;
  /** The prompt whose content is tried, where no version has it. */
  triedPromptId?: string;
}

/** A sync to disk within the commit would hold every other answer for as long as it takes. */
const BESIDE = { sync: "beside" } as const;

/** Starts a generation for the caller. However it ends, exactly one trace is recorded. */
export function startGeneration(
  context: Context,
  servable: Servable,
  { request, signal, label = null, words, triedPromptId }: GenerationStart,
): Generation {
  const traceId = newId("trace");
  const startedAt = performance.now();
  let cost: number | null = null;
  const answer = new AnswerText();

  const record = async (ending: Ending): Promise<void> => {
    cost = costMicros(servable.model.price, ending.usage);
    const now = context.platform.now();
    await context.tenant.record(async (tx) => {
      await insertTrace(tx, {
        id: traceId,
        keyId: context.caller.keyId,
        promptId: servable.prompt?.id ?? triedPromptId ?? null,
        promptVersionId: servable.prompt?.versionId ?? null,
        label,
        model: servable.model.slug,
        adapterSha256: servable.adapterSha256,
        status: ending.status,
        failureCode: ending.failureCode,
        // Apps come with keys; a person is trying something out.
        source: triedPromptId === undefined && context.caller.userId === null ? "served" : "playground",
        promptTokens: ending.usage?.promptTokens ?? null,
        completionTokens: ending.usage?.completionTokens ?? null,
        costMicros: cost,
        latencyMs: performance.now() - startedAt,
        createdAt: now,
      });
      const promptId = servable.prompt?.id;
      if (promptId === undefined || words === undefined || answer.isTooLong) return;
      const { text: output, toolCalls } = answer;
      await keepContent(tx, { traceId, promptId, words, output, toolCalls, now });
    }, BESIDE);
  };

  const events = context.platform.engine.generate(request, {
    tenantId: context.tenant.tenantId,
    priority: "interactive",
    signal,
  });
  return { traceId, servable, events: recorded(answer.listen(events), record), cost: () => cost };
}

/** What was answered so far, as long as it is short enough to be kept. */
class AnswerText {
  text = "";
  readonly toolCalls: ToolCall[] = [];
  isTooLong = false;

  async *listen(events: AsyncIterable<GenerateEvent>): AsyncGenerator<GenerateEvent> {
    for await (const event of events) {
      if (event.type === "text") this.#add(event.text);
      else if (event.type === "tool_call") this.toolCalls.push(event.call);
      yield event;
    }
  }

  #add(text: string): void {
    if (this.text.length + text.length > LIMITS.traceContentBytesMax) this.isTooLong = true;
    if (!this.isTooLong) this.text += text;
  }
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
