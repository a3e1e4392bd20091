import { AppError, type ChatCompletionRequest, type CompletionRequest } from "@assay/core";
import type { Context } from "../context.ts";
import { chatGenerateRequest, requestedSampling } from "./chat-request.ts";
import { findServable } from "./find-servable.ts";
import { type Generation, startGeneration } from "./generate.ts";
import { parseModelAddress } from "./model-address.ts";

/** Answers a chat. `signal` ends the generation when the client has gone. */
export async function createChatGeneration(
  context: Context,
  body: ChatCompletionRequest,
  signal: AbortSignal,
): Promise<Generation> {
  const servable = await findServable(context, body.model);
  const address = parseModelAddress(body.model);
  return startGeneration(context, servable, {
    request: chatGenerateRequest(servable, body),
    signal,
    label: address?.kind === "prompt" && "label" in address ? address.label : null,
    words: { variables: body.variables ?? null, messages: body.messages },
  });
}

/** Continues raw text. A prompt owns its whole input, so it cannot be addressed here. */
export async function createTextGeneration(
  context: Context,
  body: CompletionRequest,
  signal: AbortSignal,
): Promise<Generation> {
  const servable = await findServable(context, body.model);
  if (servable.prompt !== null) {
    throw new AppError("unsupported_parameter", "A prompt answers chats: call /v1/chat/completions.", {
      param: "model",
    });
  }
  const request = {
    target: servable.target,
    input: { text: body.prompt },
    sampling: requestedSampling(body),
  };
  return startGeneration(context, servable, { request, signal });
}
