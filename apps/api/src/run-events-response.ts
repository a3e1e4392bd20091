import { invariant, type ParamsOf, type QueryOf, type RouteOf } from "@assay/core";
import { type RunEvent, streamRunEvents } from "@assay/services";
import { pulledStream } from "./pulled-stream.ts";
import type { RawCall } from "./raw-handlers.ts";

type Route = RouteOf<"streamRunEvents">;

/** A run's states as server-sent events. What refuses the request does so before the stream begins. */
export async function answerRunEvents(call: RawCall): Promise<Response> {
  invariant(call.context !== undefined, "a run's events have a caller");
  const input = call.input as ParamsOf<Route> & QueryOf<Route>;
  const gone = new AbortController();
  const signal = AbortSignal.any([call.signal, gone.signal]);
  const events = streamRunEvents(call.context, { ...input, signal });
  const first = await events.next();
  const stream = pulledStream(framesOf(first, events), {
    onCancel: () => gone.abort(),
    onEnd: call.onStreamEnd,
    onBug: call.onStreamBug,
  });
  return new Response(stream, {
    headers: {
      "x-request-id": call.requestId,
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

async function* framesOf(
  first: IteratorResult<RunEvent>,
  rest: AsyncGenerator<RunEvent>,
): AsyncGenerator<string> {
  try {
    for (let step = first; step.done !== true; step = await rest.next()) yield frameOf(step.value);
  } finally {
    await rest.return(undefined);
  }
}

function frameOf(event: RunEvent): string {
  if (event.type === "heartbeat") return ": still here\n\n";
  return `event: ${event.type}\nid: ${event.id}\ndata: ${JSON.stringify(event.run)}\n\n`;
}
