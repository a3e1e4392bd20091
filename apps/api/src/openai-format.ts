import type { ChatCompletionRequest, GenerateOutcome, TokenLogprob, TokenUsage, ToolCall } from "@assay/core";

type Completed = Extract<GenerateOutcome, { status: "completed" }>;

/** One way to write a generation in OpenAI's words: as one object, or as the chunks of a stream. */
export interface OpenAiFormat {
  whole(at: Frame, outcome: Completed, logprobs: TokenLogprob[]): object;
  opening(at: Frame): object | null;
  text(at: Frame, text: string, logprobs: TokenLogprob[] | undefined): object;
  toolCall(at: Frame, call: ToolCall, index: number): object | null;
  closing(at: Frame, reason: Completed["reason"]): object;
  usage(at: Frame, usage: TokenUsage): object;
}

/** What every chunk repeats. `createdS` is in Unix seconds. */
export interface Frame {
  id: string;
  createdS: number;
  model: string;
}

function usageFields(usage: TokenUsage) {
  const { promptTokens, completionTokens, cachedPromptTokens } = usage;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(cachedPromptTokens !== undefined && { prompt_tokens_details: { cached_tokens: cachedPromptTokens } }),
  };
}

function logprobFields(logprobs: TokenLogprob[] | undefined, wanted: boolean) {
  if (!wanted || logprobs === undefined) return null;
  const entry = ({ token, logprob }: { token: string; logprob: number }) => ({
    token,
    logprob,
    bytes: [...new TextEncoder().encode(token)],
  });
  return { content: logprobs.map((item) => ({ ...entry(item), top_logprobs: item.top.map(entry) })) };
}

export function chatFormat(body: Pick<ChatCompletionRequest, "logprobs">): OpenAiFormat {
  const wantsLogprobs = body.logprobs === true;
  const chunk = (at: Frame, delta: object, more: { logprobs?: object | null; reason?: string } = {}) => ({
    id: `chatcmpl-${at.id}`,
    object: "chat.completion.chunk",
    created: at.createdS,
    model: at.model,
    choices: [{ index: 0, delta, logprobs: more.logprobs ?? null, finish_reason: more.reason ?? null }],
  });
  return {
    whole: (at, outcome, logprobs) => ({
      id: `chatcmpl-${at.id}`,
      object: "chat.completion",
      created: at.createdS,
      model: at.model,
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: outcome.text === "" && outcome.toolCalls.length > 0 ? null : outcome.text,
            refusal: null,
            ...(outcome.toolCalls.length > 0 && { tool_calls: outcome.toolCalls }),
          },
          logprobs: logprobFields(logprobs, wantsLogprobs),
          finish_reason: outcome.reason,
        },
      ],
      ...(outcome.usage && { usage: usageFields(outcome.usage) }),
    }),
    opening: (at) => chunk(at, { role: "assistant", content: "" }),
    text: (at, text, logprobs) =>
      chunk(at, { content: text }, { logprobs: logprobFields(logprobs, wantsLogprobs) }),
    toolCall: (at, call, index) => chunk(at, { tool_calls: [{ index, ...call }] }),
    closing: (at, reason) => chunk(at, {}, { reason }),
    usage: (at, usage) => ({ ...chunk(at, {}), choices: [], usage: usageFields(usage) }),
  };
}

export function completionFormat(): OpenAiFormat {
  const chunk = (at: Frame, text: string, reason: string | null) => ({
    id: `cmpl-${at.id}`,
    object: "text_completion",
    created: at.createdS,
    model: at.model,
    choices: [{ index: 0, text, logprobs: null, finish_reason: reason }],
  });
  return {
    whole: (at, outcome) => ({
      ...chunk(at, outcome.text, outcome.reason),
      ...(outcome.usage && { usage: usageFields(outcome.usage) }),
    }),
    opening: () => null,
    text: (at, text) => chunk(at, text, null),
    toolCall: () => null,
    closing: (at, reason) => chunk(at, "", reason),
    usage: (at, usage) => ({ ...chunk(at, "", null), choices: [], usage: usageFields(usage) }),
  };
}
