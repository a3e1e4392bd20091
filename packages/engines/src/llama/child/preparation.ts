import type { EngineFailure } from "@assay/core";
import type { ChildRequest } from "../child-messages.ts";
import { localFailure } from "../local-failure.ts";
import { promptBytes } from "../prompt-bytes.ts";
import { AnswerGrammars } from "./answer-grammar.ts";
import { type GenerationParts, maxTokensFor } from "./generation.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { isFarTooLong, promptTokens } from "./prompt-tokens.ts";

/** Making a grammar takes several times as long per byte as making tokens. */
const GRAMMAR_WEIGHT = 4;

export type Prepared = GenerationParts | { failure: EngineFailure };

/** Estimates what preparing a request takes, in bytes of prompt; says nothing of the time it will run. */
export function preparationBytes({ input, responseFormat }: ChildRequest): number {
  const schema = responseFormat?.type === "json_schema" ? responseFormat.json_schema.schema : undefined;
  return promptBytes(input) + GRAMMAR_WEIGHT * (JSON.stringify(schema)?.length ?? 0);
}

/** Turns requests into tokens and grammars. All of it holds the process, so the caller decides how much at a time. */
export class Preparation {
  readonly #loaded: LoadedModel;
  readonly #grammars: AnswerGrammars;

  constructor(loaded: LoadedModel) {
    this.#loaded = loaded;
    this.#grammars = new AnswerGrammars(loaded.llama);
  }

  /** A request ready for its place, or why it cannot have one. */
  async prepare(request: ChildRequest): Promise<Prepared> {
    const loaded = this.#loaded;
    if (isFarTooLong(loaded, request.input)) return { failure: farTooLong(loaded.contextTokens) };
    let prompt: GenerationParts["prompt"];
    try {
      prompt = promptTokens(loaded, request.input);
    } catch {
      return {
        failure: localFailure("invalid_request", "The model's chat template does not accept these messages."),
      };
    }
    const promptLength = prompt.tokens.length;
    const maxTokens = maxTokensFor(promptLength, request.sampling.maxTokens, loaded.contextTokens);
    if (maxTokens === undefined) return { failure: tooLong(promptLength, request, loaded.contextTokens) };
    // One token outside the vocabulary would fail the whole batch, and so every request in it.
    const isValid = prompt.tokens.every(
      (token) => Number.isInteger(token) && token >= 0 && token < loaded.vocabularySize,
    );
    if (!isValid || promptLength === 0)
      return { failure: localFailure("invalid_request", "The prompt has no valid tokens.") };
    const grammar = await this.#grammars.for(request.responseFormat);
    return "failure" in grammar ? grammar : { loaded, request, prompt, maxTokens, grammar: grammar.grammar };
  }
}

function farTooLong(contextTokens: number): EngineFailure {
  const message = `This model's context holds ${contextTokens} tokens; the prompt is many times longer.`;
  return localFailure("context_length_exceeded", message);
}

function tooLong(promptTokens: number, { sampling }: ChildRequest, contextTokens: number): EngineFailure {
  const answer = sampling.maxTokens === undefined ? "" : ` and ${sampling.maxTokens} for the answer`;
  const message = `This model's context holds ${contextTokens} tokens; the prompt needs ${promptTokens}${answer}.`;
  return localFailure("context_length_exceeded", message);
}
