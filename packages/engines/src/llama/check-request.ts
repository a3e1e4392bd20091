import { type ChatMessage, type EngineFailure, type GenerateRequest, Sampling } from "@assay/core";
import { type AnswerCheck, compileAnswerCheck } from "../openai/answer-schema.ts";
import { localFailure } from "./local-failure.ts";

const TOP_LOGPROBS_MAX = 20;

/** How the finished text of a request is checked; undefined where any text will do. */
export type RequestCheck = { answer: AnswerCheck | undefined } | { failure: EngineFailure };

/** Refuses what the local engine cannot do, before anything is queued for it. */
export function checkRequest(request: GenerateRequest): RequestCheck {
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
  if (responseFormat?.type === "json_object") return { answer: checkJsonObject };
  if (responseFormat?.type !== "json_schema") return { answer: undefined };
  const answer = compileAnswerCheck(responseFormat.json_schema.schema);
  return answer ? { answer } : unsupported("The response format's JSON Schema is not valid.");
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
