import { z } from "zod";
import { ChatMessage, ResponseFormat, Tool, ToolCall } from "../chat.ts";
import { LIMITS } from "../limits.ts";
import { JsonObject } from "../names.ts";

const Stop = z.union([
  z.string().min(1).max(LIMITS.stopSequenceLengthMax),
  z.array(z.string().min(1).max(LIMITS.stopSequenceLengthMax)).max(LIMITS.stopSequencesMax),
]);

const shared = {
  /** `prompt:<slug>`, `prompt:<slug>@<label or n>`, `adapter:<slug>@<n>` or a model's name. */
  model: z.string().min(1).max(200),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  max_tokens: z.number().int().min(1).max(LIMITS.maxTokensMax).nullish(),
  stop: Stop.nullish(),
  seed: z.number().int().min(0).max(4_294_967_295).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  n: z.literal(1).nullish(),
  user: z.string().max(200).nullish(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
};

/** OpenAI's chat request plus `variables`. Unknown fields pass and are ignored, as OpenAI's SDKs add new ones. */
export const ChatCompletionRequest = z.looseObject({
  ...shared,
  messages: z.array(ChatMessage).max(LIMITS.historyMessagesMax),
  max_completion_tokens: z.number().int().min(1).max(LIMITS.maxTokensMax).nullish(),
  response_format: ResponseFormat.nullish(),
  tools: z.array(Tool).max(LIMITS.toolsMax).nullish(),
  tool_choice: z.unknown().optional(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  variables: JsonObject.nullish(),
});
export type ChatCompletionRequest = z.infer<typeof ChatCompletionRequest>;

/** OpenAI's legacy completion: raw text in, its continuation out. Not for `prompt:` addresses. */
export const CompletionRequest = z.looseObject({
  ...shared,
  prompt: z.string().max(LIMITS.chatBodyBytesMax),
});
export type CompletionRequest = z.infer<typeof CompletionRequest>;

export const OpenAiUsage = z.object({
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  total_tokens: z.number().int(),
  prompt_tokens_details: z.object({ cached_tokens: z.number().int() }).optional(),
});

const OpenAiLogprobs = z.object({
  content: z.array(
    z.object({
      token: z.string(),
      logprob: z.number(),
      bytes: z.array(z.number()).nullable(),
      top_logprobs: z.array(
        z.object({ token: z.string(), logprob: z.number(), bytes: z.array(z.number()).nullable() }),
      ),
    }),
  ),
});

const FinishReason = z.enum(["stop", "length", "tool_calls", "content_filter"]);

export const ChatCompletion = z.object({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: z.number().int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.number().int(),
      message: z.object({
        role: z.literal("assistant"),
        content: z.string().nullable(),
        refusal: z.null(),
        tool_calls: z.array(ToolCall).optional(),
      }),
      logprobs: OpenAiLogprobs.nullable(),
      finish_reason: FinishReason,
    }),
  ),
  usage: OpenAiUsage.optional(),
});
export type ChatCompletion = z.infer<typeof ChatCompletion>;

export const Completion = z.object({
  id: z.string(),
  object: z.literal("text_completion"),
  created: z.number().int(),
  model: z.string(),
  choices: z.array(
    z.object({ index: z.number().int(), text: z.string(), logprobs: z.null(), finish_reason: FinishReason }),
  ),
  usage: OpenAiUsage.optional(),
});
export type Completion = z.infer<typeof Completion>;

export const OpenAiModelList = z.object({
  object: z.literal("list"),
  data: z.array(
    z.object({ id: z.string(), object: z.literal("model"), created: z.number().int(), owned_by: z.string() }),
  ),
});
export type OpenAiModelList = z.infer<typeof OpenAiModelList>;
