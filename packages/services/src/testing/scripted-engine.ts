import type { Engine, GenerateCall, GenerateEvent, GenerateRequest } from "@assay/core";

/** Answers one request with a text, or with events of the test's own making. */
export type EngineScript = (request: GenerateRequest, call: GenerateCall) => string | Iterable<GenerateEvent>;

export interface ScriptedEngine extends Engine {
  /** Every call so far, oldest first. */
  readonly calls: readonly { request: GenerateRequest; call: GenerateCall }[];
  /** Answers every call from now on. */
  answerWith(script: EngineScript): void;
}

/** Stands in for the engine's port: no model, no waiting. Repeats the last message unless told otherwise. */
export function createScriptedEngine(): ScriptedEngine {
  const calls: { request: GenerateRequest; call: GenerateCall }[] = [];
  let script: EngineScript = repeatInput;

  async function* generate(request: GenerateRequest, call: GenerateCall): AsyncGenerator<GenerateEvent> {
    calls.push({ request, call });
    if (call.signal.aborted) {
      const failure = { code: "cancelled", message: "The request was cancelled.", retryable: false } as const;
      yield { type: "failed", failure, usage: undefined };
      return;
    }
    const answer = script(request, call);
    if (typeof answer === "string") yield* completedWith(answer);
    else yield* answer;
  }

  return {
    calls,
    answerWith: (next) => {
      script = next;
    },
    generate,
    embed: async ({ texts }) => ({ status: "completed", vectors: texts.map(lengthVector), usage: undefined }),
    status: () => ({ build: "scripted", queued: 0, active: 0 }),
    close: async () => undefined,
  };
}

/** Texts of the same length are the same, of another they differ. */
function lengthVector(text: string): number[] {
  const angle = text.length / 100;
  return [Math.cos(angle), Math.sin(angle)];
}

function completedWith(text: string): GenerateEvent[] {
  const usage = { promptTokens: 3, completionTokens: 2 };
  return [
    { type: "text", text },
    { type: "finish", reason: "stop", usage, queueWaitMs: 0 },
  ];
}

function repeatInput({ input }: GenerateRequest): string {
  if ("text" in input) return input.text;
  const content = input.messages.at(-1)?.content;
  return typeof content === "string" ? content : "";
}
