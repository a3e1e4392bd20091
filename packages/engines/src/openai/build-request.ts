import type { EngineFailure, GenerateRequest, HostedTarget } from "@assay/core";
import type OpenAI from "openai";

type ChatBody = OpenAI.ChatCompletionCreateParams;
type CompletionBody = OpenAI.CompletionCreateParams;

export type BuiltRequest =
  | { kind: "chat"; body: ChatBody }
  | { kind: "completion"; body: CompletionBody }
  | { kind: "refused"; failure: EngineFailure };

/** How a request is to be answered: piece by piece, for somebody who reads along, or whole. */
interface Wanted {
  target: HostedTarget;
  streams: boolean;
}

/** The body to send for a request, or why this connection cannot carry it. */
export function buildRequest(request: GenerateRequest, wanted: Wanted): BuiltRequest {
  const { target } = wanted;
  if ("messages" in request.input)
    return { kind: "chat", body: chatBody(request, wanted, request.input.messages) };
  if (target.connectionKind !== "openai-compatible") {
    return refused("Plain completions are served by openai-compatible connections only.");
  }
  if (request.tools?.length) return refused("A plain completion takes no tools.");
  if (request.topLogprobs !== undefined) return refused("A plain completion reports no log probabilities.");
  if (request.responseFormat !== undefined && request.responseFormat.type !== "text") {
    return refused("A plain completion takes no response format.");
  }
  return { kind: "completion", body: completionBody(request, wanted, request.input.text) };
}

function chatBody(request: GenerateRequest, wanted: Wanted, messages: { role: string }[]): ChatBody {
  const { sampling, responseFormat, tools, toolChoice, topLogprobs } = request;
  return {
    ...sharedBody(request, wanted),
    // Validated by core's schemas, which pass on what newer providers add; the SDK's union is closed.
    messages: messages as ChatBody["messages"],
    ...(sampling.maxTokens === undefined ? {} : maxTokensField(wanted.target, sampling.maxTokens)),
    ...(responseFormat === undefined ? {} : { response_format: responseFormat as ResponseFormatField }),
    ...(tools?.length ? { tools: tools as ChatBody["tools"] & object } : {}),
    ...(tools?.length && toolChoice !== undefined ? { tool_choice: toolChoice as ToolChoiceField } : {}),
    ...(topLogprobs === undefined ? {} : { logprobs: true, top_logprobs: topLogprobs }),
  };
}

type ResponseFormatField = NonNullable<ChatBody["response_format"]>;
type ToolChoiceField = NonNullable<ChatBody["tool_choice"]>;

function completionBody(request: GenerateRequest, wanted: Wanted, prompt: string): CompletionBody {
  const { maxTokens } = request.sampling;
  return {
    ...sharedBody(request, wanted),
    prompt,
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  };
}

function sharedBody(request: GenerateRequest, { target, streams }: Wanted) {
  const { temperature, topP, seed, stop } = request.sampling;
  return {
    model: target.providerModel,
    stream: streams,
    ...(streams && reportsUsage(target) ? { stream_options: { include_usage: true } } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop?.length ? { stop } : {}),
  };
}

/** OpenAI's reasoning models refuse the old name; compatible servers often know no other. */
function maxTokensField(target: HostedTarget, maxTokens: number) {
  if (target.connectionKind === "openai-compatible") return { max_tokens: maxTokens };
  return { max_completion_tokens: maxTokens };
}

/** Azure refuses `stream_options` before this API version. */
const AZURE_USAGE_SINCE = "2024-09-01";

function reportsUsage(target: HostedTarget): boolean {
  if (target.connectionKind !== "azure-openai" || target.apiVersion === undefined) return true;
  return target.apiVersion >= AZURE_USAGE_SINCE;
}

function refused(message: string): BuiltRequest {
  return { kind: "refused", failure: { code: "unsupported_parameter", message, retryable: false } };
}
