import { LIMITS } from "@assay/core";
import { type ChildMessage, type ChildSettings, NO_STEPS, type ParentMessage } from "../child-messages.ts";
import { loadModel } from "./loaded-model.ts";
import { StepLoop } from "./step-loop.ts";

// The process around native code: one model, told what to do by its parent, and gone as soon as the parent is.
const counters = { ...NO_STEPS };
let loop: StepLoop | undefined;

function send(message: ChildMessage): void {
  process.send?.(message);
}

async function open(settings: ChildSettings): Promise<void> {
  try {
    const loaded = await loadModel(settings, (level, line) => send({ type: "log", level, line }));
    loop = new StepLoop(loaded, send, counters);
    const { contextTokens, promptBytesMax } = loaded;
    send({ type: "ready", bounds: { contextTokens, promptBytesMax } });
  } catch (error) {
    process.send?.({ type: "load_failed", detail: String(error) } satisfies ChildMessage, () =>
      process.exit(1),
    );
  }
}

function hear(message: ParentMessage): void {
  if (message.type === "open") void open(message.settings);
  else if (message.type === "submit") loop?.submit(message.id, message.request);
  else loop?.cancel(message.id);
}

process.on("message", (message) => hear(message as ParentMessage));
process.on("disconnect", () => process.exit(0));
setInterval(
  () => send({ type: "heartbeat", stepAgeMs: loop?.stepAgeMs ?? 0, counters: { ...counters } }),
  LIMITS.engineHeartbeatMs,
);
