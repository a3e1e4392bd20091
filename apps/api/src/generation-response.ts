import {
  FEEDBACK_TOKEN_HEADER,
  type GenerateEvent,
  invariant,
  type TokenLogprob,
  type ToolCall,
} from "@assay/core";
import { type Context, type Generation, issueFeedbackToken } from "@assay/services";
import { errorAnswer, failureError } from "./error-response.ts";
import type { Frame, OpenAiFormat } from "./openai-format.ts";
import { pulledStream } from "./pulled-stream.ts";
import type { RawCall } from "./raw-handlers.ts";

interface GenerationPlan {
  body: {
    model: string;
    stream?: boolean | null | undefined;
    stream_options?: { include_usage?: boolean | undefined } | null | undefined;
  };
  format: OpenAiFormat;
  start(context: Context, signal: AbortSignal): Promise<Generation>;
}

type Finish = Extract<GenerateEvent, { type: "finish" }>;

/** Answers a generation, whole or as a stream. A failure before the first token still gets its own HTTP status. */
export async function answerGeneration(call: RawCall, plan: GenerationPlan): Promise<Response> {
  invariant(call.context !== undefined, "a generation has a caller");
  const gone = new AbortController();
  const signal = AbortSignal.any([call.signal, gone.signal]);
  const generation = await plan.start(call.context, signal);
  const at: Frame = {
    id: generation.traceId,
    createdS: Math.floor(call.platform.now().getTime() / 1000),
    model: plan.body.model,
  };
  if (plan.body.stream !== true) return await wholeResponse(call, { plan, generation, at });
  const events = generation.events[Symbol.asyncIterator]();
  const first = await events.next();
  if (first.done !== true && first.value.type === "failed") {
    await events.return?.();
    throw failureError(first.value.failure);
  }
  const frames = sseFrames({ first, rest: events }, { plan, generation, at, requestId: call.requestId });
  return new Response(
    pulledStream(frames, { onCancel: () => gone.abort(), onEnd: call.onStreamEnd, onBug: call.onStreamBug }),
    {
      headers: {
        ...assayHeaders(call, generation),
        "content-type": "text/event-stream",
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
      },
    },
  );
}

function assayHeaders(call: RawCall, { traceId, servable }: Generation): Record<string, string> {
  const { prompt, adapterSha256, model } = servable;
  return {
    "x-request-id": call.requestId,
    "x-assay-trace-id": traceId,
    ...(call.context && {
      [FEEDBACK_TOKEN_HEADER]: issueFeedbackToken(call.platform, {
        tenantId: call.context.tenant.tenantId,
        traceId,
      }),
    }),
    "x-assay-model": model.slug,
    "x-assay-cache": "none",
    ...(prompt && { "x-assay-prompt-version": `${prompt.slug}@${prompt.version}` }),
    ...(adapterSha256 !== null && { "x-assay-adapter-sha256": adapterSha256 }),
  };
}

interface Answering {
  plan: GenerationPlan;
  generation: Generation;
  at: Frame;
}

async function wholeResponse(call: RawCall, { plan, generation, at }: Answering): Promise<Response> {
  let text = "";
  const toolCalls: ToolCall[] = [];
  const logprobs: TokenLogprob[] = [];
  let finish: Finish | undefined;
  for await (const event of generation.events) {
    if (event.type === "failed") throw failureError(event.failure);
    if (event.type === "text") {
      text += event.text;
      logprobs.push(...(event.logprobs ?? []));
    } else if (event.type === "tool_call") toolCalls.push(event.call);
    else finish = event;
  }
  invariant(finish !== undefined, "a generation ends with a finish or a failure");
  const { reason, usage, queueWaitMs } = finish;
  const cost = generation.cost();
  const body = plan.format.whole(
    at,
    { status: "completed", text, toolCalls, reason, usage, queueWaitMs },
    logprobs,
  );
  return Response.json(body, {
    headers: {
      ...assayHeaders(call, generation),
      "x-assay-queue-wait-ms": String(Math.round(queueWaitMs)),
      "x-assay-cost-micros": cost === null ? "unknown" : String(cost),
    },
  });
}

interface Events {
  first: IteratorResult<GenerateEvent>;
  rest: AsyncIterator<GenerateEvent>;
}

async function* allEvents({ first, rest }: Events): AsyncGenerator<GenerateEvent> {
  try {
    for (let step = first; step.done !== true; step = await rest.next()) yield step.value;
  } finally {
    await rest.return?.();
  }
}

/** The stream's frames. After the first token a failure can only be said inside the stream: an error frame, no DONE. */
async function* sseFrames(
  events: Events,
  answering: Answering & { requestId: string },
): AsyncGenerator<string> {
  const { plan, at, requestId } = answering;
  const { format } = plan;
  const opening = format.opening(at);
  if (opening !== null) yield frame(opening);
  for await (const event of allEvents(events)) {
    if (event.type === "text") yield frame(format.text(at, event.text, event.logprobs));
    else if (event.type === "tool_call") {
      const chunk = format.toolCall(at, event.call, event.index);
      if (chunk !== null) yield frame(chunk);
    } else if (event.type === "failed") {
      yield frame(errorAnswer(failureError(event.failure), "data", requestId).body);
      return;
    } else yield* closingFrames(event, answering);
  }
}

function* closingFrames(finish: Finish, { plan, generation, at }: Answering): Generator<string> {
  yield frame(plan.format.closing(at, finish.reason));
  if (plan.body.stream_options?.include_usage === true && finish.usage !== undefined) {
    const cost = generation.cost();
    // Headers are long gone; what they would say of cost and waiting travels with the usage.
    const assay = { cost_micros: cost, queue_wait_ms: Math.round(finish.queueWaitMs) };
    yield frame({ ...plan.format.usage(at, finish.usage), assay });
  }
  yield "data: [DONE]\n\n";
}

function frame(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
