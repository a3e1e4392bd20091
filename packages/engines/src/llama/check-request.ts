import { type ChatMessage, type EngineFailure, type GenerateRequest, LIMITS, Sampling } from "@assay/core";
import { type AnswerCheck, compileAnswerCheck } from "../openai/answer-schema.ts";
import { toGrammarSchema } from "./child/grammar-schema.ts";
import type { PromptBounds } from "./child-messages.ts";
import { localFailure } from "./local-failure.ts";
import { promptBytes } from "./prompt-bytes.ts";

const TOP_LOGPROBS_MAX = 20;

/** For a model that has not been loaded yet: the largest context, filled with the longest token of any vocabulary. */
const UNKNOWN_BOUNDS: PromptBounds = {
  contextTokens: LIMITS.engineContextTokensMax,
  promptBytesMax: LIMITS.engineContextTokensMax * 256,
};

/** How the finished text of a request is checked; undefined where any text will do. */
export type RequestCheck = { answer: AnswerCheck | undefined } | { failure: EngineFailure };

/** Refuses what the local engine cannot do, before anything is queued for it. */
export function checkRequest(request: GenerateRequest, bounds = UNKNOWN_BOUNDS): RequestCheck {
  const { tools, topLogprobs, responseFormat, input } = request;
  if (tools && tools.length > 0) return unsupported("Local models do not support tools.");
  if (!Sampling.safeParse(request.sampling).success)
    return { failure: localFailure("invalid_request", "A sampling parameter is out of its range.") };
  if (
    topLogprobs !== undefined &&
    !(Number.isInteger(topLogprobs) && topLogprobs >= 0 && topLogprobs <= TOP_LOGPROBS_MAX)
  )
    return { failure: localFailure("invalid_request", `top_logprobs must be 0 to ${TOP_LOGPROBS_MAX}.`) };
  const message = "messages" in input ? input.messages.map(unsupportedInMessage).find(Boolean) : undefined;
  if (message) return unsupported(message);
  if (promptBytes(input) > bounds.promptBytesMax) return tooLong(bounds);
  if (responseFormat?.type === "json_object") return { answer: checkJsonObject };
  if (responseFormat?.type !== "json_schema") return { answer: undefined };
  const { schema } = responseFormat.json_schema;
  const grammar = toGrammarSchema(schema);
  if ("refused" in grammar) return unsupported(grammar.refused);
  const answer = compileAnswerCheck(schema);
  return answer ? { answer } : unsupported("The response format's JSON Schema is not valid.");
}

function tooLong({ contextTokens }: PromptBounds): RequestCheck {
  const message = `The prompt is many times longer than a context of ${contextTokens} tokens.`;
  return { failure: localFailure("context_length_exceeded", message) };
}

function unsupported(message: string): RequestCheck {
  return { failure: localFailure("unsupported_parameter", message) };
}

function unsupportedInMessage({ role, content, tool_calls: toolCalls }: ChatMessage): string | undefined {
  if (role === "tool" || (toolCalls && toolCalls.length > 0)) return "Local models do not support tools.";
  if (Array.isArray(content) && content.some(({ type }) => type !== "text"))
    return "Local models understand text only.";
  return undefined;
}

const checkJsonObject: AnswerCheck = (text) => {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === "object" && answer !== null && !Array.isArray(answer)) return { valid: true };
  } catch {
    // Answered below, like any other text that is not an object.
  }
  return { valid: false, problem: "The answer is not a JSON object." };
};
