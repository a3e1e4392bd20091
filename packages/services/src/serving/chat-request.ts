import {
  AppError,
  type ChatCompletionRequest,
  type CompletionRequest,
  type GenerateRequest,
  type PromptContent,
  type Sampling,
  sameJson,
} from "@assay/core";
import { renderPrompt } from "@assay/evaluator";
import type { Servable } from "./find-servable.ts";

type SamplingFields = Pick<CompletionRequest, "temperature" | "top_p" | "max_tokens" | "stop" | "seed"> & {
  max_completion_tokens?: number | null | undefined;
};

/** OpenAI's field names as the engine port's sampling; what the caller left out stays out. */
export function requestedSampling(body: SamplingFields): Sampling {
  const maxTokens = body.max_completion_tokens ?? body.max_tokens;
  const stop = typeof body.stop === "string" ? [body.stop] : body.stop;
  return {
    ...(body.temperature != null && { temperature: body.temperature }),
    ...(body.top_p != null && { topP: body.top_p }),
    ...(maxTokens != null && { maxTokens }),
    ...(stop != null && { stop }),
    ...(body.seed != null && { seed: body.seed }),
  };
}

/** The engine request of a chat: the version's own content when a prompt is addressed, the caller's otherwise. */
export function chatGenerateRequest(servable: Servable, body: ChatCompletionRequest): GenerateRequest {
  const topLogprobs = body.logprobs ? (body.top_logprobs ?? 0) : undefined;
  if (servable.prompt === null) {
    if (body.variables != null) {
      throw new AppError("unsupported_parameter", "`variables` need a prompt: address it as prompt:<slug>.", {
        param: "variables",
      });
    }
    return {
      target: servable.target,
      input: { messages: body.messages },
      sampling: requestedSampling(body),
      responseFormat: body.response_format ?? undefined,
      tools: body.tools ?? undefined,
      toolChoice: body.tool_choice,
      topLogprobs,
    };
  }
  const { content } = servable.prompt;
  refusePinned(content, body);
  return {
    target: servable.target,
    input: {
      messages: renderPrompt(content, { variables: body.variables ?? {}, messages: body.messages }),
    },
    sampling: samplingWithinVersion(content.sampling, requestedSampling(body)),
    responseFormat: content.responseFormat,
    tools: content.tools,
    topLogprobs,
  };
}

/**
 * A version was measured with what it says and with what it leaves to the engine. A caller who sends something else
 * would be served something that was never measured, so that is refused and not ignored.
 */
function refusePinned(content: PromptContent, body: ChatCompletionRequest): void {
  const asked = requestedSampling(body);
  const pinned: [param: string, asked: unknown, version: unknown][] = [
    ["temperature", asked.temperature, content.sampling.temperature],
    ["top_p", asked.topP, content.sampling.topP],
    ["stop", asked.stop, content.sampling.stop],
    ["response_format", body.response_format ?? undefined, content.responseFormat],
    ["tools", body.tools ?? undefined, content.tools],
    ["tool_choice", body.tool_choice ?? undefined, "auto"],
  ];
  for (const [param, value, version] of pinned) {
    if (value !== undefined && !sameJson(value, version ?? null)) {
      throw new AppError(
        "parameter_pinned",
        `\`${param}\` is part of the prompt's version; leave it out of the request.`,
        {
          param,
        },
      );
    }
  }
}

/** The caller may ask for fewer tokens than the version allows, and for its own seed where the version names none. */
function samplingWithinVersion(version: Sampling, asked: Sampling): Sampling {
  const maxTokens = Math.min(
    version.maxTokens ?? Number.POSITIVE_INFINITY,
    asked.maxTokens ?? Number.POSITIVE_INFINITY,
  );
  const seed = version.seed ?? asked.seed;
  return {
    ...version,
    ...(Number.isFinite(maxTokens) && { maxTokens }),
    ...(seed !== undefined && { seed }),
  };
}
