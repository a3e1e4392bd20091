import type { ChatCompletionRequest, CompletionRequest } from "@assay/core";
import { type Context, createChatGeneration, createTextGeneration, type Platform } from "@assay/services";
import { answerGeneration } from "./generation-response.ts";
import { chatFormat, completionFormat } from "./openai-format.ts";
import { openApiDocument } from "./openapi-document.ts";
import { referencePage } from "./reference-page.ts";

/** What a route that writes its own answer gets. `context` is there for tenants' routes. */
export interface RawCall {
  platform: Platform;
  context: Context | undefined;
  input: Record<string, unknown>;
  requestId: string;
  signal: AbortSignal;
  /** A streaming answer calls this once when it has ended, however it ended. */
  onStreamEnd: () => void;
}

type RawHandler = (call: RawCall) => Promise<Response>;

const RAW_HANDLERS: Record<string, RawHandler> = {
  createChatCompletion: (call) => {
    const body = call.input as ChatCompletionRequest;
    return answerGeneration(call, {
      body,
      format: chatFormat(body),
      start: (context, signal) => createChatGeneration(context, body, signal),
    });
  },
  createCompletion: (call) => {
    const body = call.input as CompletionRequest;
    return answerGeneration(call, {
      body,
      format: completionFormat(body),
      start: (context, signal) => createTextGeneration(context, body, signal),
    });
  },
  getHealth: async () => Response.json({ status: "ok" }),
  getReadiness: async ({ platform }) => {
    await platform.store.ping();
    return Response.json({ status: "ready" });
  },
  getOpenApi: async () => Response.json(openApiDocument()),
  getReference: async () => referencePage(),
};

export function findRawHandler(name: string): RawHandler | undefined {
  return Object.hasOwn(RAW_HANDLERS, name) ? RAW_HANDLERS[name] : undefined;
}
