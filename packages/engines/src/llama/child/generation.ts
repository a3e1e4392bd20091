import { LIMITS, type TokenLogprob, type TokenUsage } from "@assay/core";
import {
  type LlamaContextSequence,
  type LlamaGrammar,
  LlamaGrammarEvaluationState,
  type Token,
} from "node-llama-cpp";
import type { ChildRequest } from "../child-messages.ts";
import type { LoadedModel } from "./loaded-model.ts";
import type { Prompt } from "./prompt-tokens.ts";
import { TextEmitter } from "./text-emitter.ts";
import { TokenDecoder } from "./token-decoder.ts";
import { type Probabilities, tokenLogprobs } from "./token-logprobs.ts";

interface Sampled {
  token: Token;
  probabilities?: Probabilities<Token>;
}

/** What one step brought: text that may be shown, and whether it was the last. */
export interface StepOutcome {
  text: string;
  logprobs: TokenLogprob[] | undefined;
  finished: "stop" | "length" | undefined;
}

const NOTHING: StepOutcome = { text: "", logprobs: undefined, finished: undefined };

export interface GenerationParts {
  loaded: LoadedModel;
  request: ChildRequest;
  prompt: Prompt;
  maxTokens: number;
  grammar: LlamaGrammar | undefined;
}

/** One request on one sequence, advanced by one chunk of its prompt or one token at a time. */
export class Generation {
  readonly #parts: GenerationParts;
  readonly #sequence: LlamaContextSequence;
  readonly #decoder: TokenDecoder<Token>;
  readonly #emitter: TextEmitter;
  readonly #grammarState: LlamaGrammarEvaluationState | undefined;
  readonly #generated: Token[] = [];
  /** What still has to be computed before the next token: the prompt, and after a restart the answer so far. */
  #pending: Token[];
  #tokens: AsyncGenerator<Sampled, void> | undefined;
  #logprobs: TokenLogprob[] = [];
  /** Took part in a step that failed, and must show alone that it was not the cause. */
  isSuspect = false;
  isCancelled = false;

  constructor(parts: GenerationParts, sequence: LlamaContextSequence) {
    const { loaded, request, prompt, grammar } = parts;
    this.#parts = parts;
    this.#sequence = sequence;
    this.#pending = prompt.tokens;
    this.#decoder = new TokenDecoder(
      (tokens, before) => loaded.model.detokenize(tokens, false, before),
      prompt.before,
    );
    this.#emitter = new TextEmitter(request.sampling.stop ?? []);
    if (grammar) this.#grammarState = new LlamaGrammarEvaluationState({ model: loaded.model, grammar });
  }

  get sequence(): LlamaContextSequence {
    return this.#sequence;
  }

  get usage(): TokenUsage {
    return { promptTokens: this.#parts.prompt.tokens.length, completionTokens: this.#generated.length };
  }

  /** How many prompt tokens must be computed before the step that brings a token. */
  get prefillLeft(): number {
    return this.#tokens ? 0 : this.#pending.length - 1;
  }

  /** Computes up to `prefillMax` tokens of the prompt, or where none is left the next token of the answer. */
  async advance(prefillMax: number): Promise<StepOutcome> {
    const left = this.prefillLeft;
    if (left > 0) {
      const chunk = this.#pending.slice(0, Math.min(left, prefillMax));
      await this.#sequence.evaluateWithoutGeneratingNewTokens(chunk);
      this.#pending = this.#pending.slice(chunk.length);
      return NOTHING;
    }
    this.#tokens ??= this.#sample();
    const { value, done } = await this.#tokens.next();
    this.isSuspect = false;
    return done || this.#parts.prompt.stopTokens.has(value.token) ? this.#end("stop") : this.#accept(value);
  }

  /** Begins again after a failed step, keeping what was already said. */
  async restart(): Promise<void> {
    this.isSuspect = true;
    this.#tokens = undefined;
    this.#pending = [...this.#parts.prompt.tokens, ...this.#generated];
    await this.#sequence.clearHistory();
  }

  /** Lets go of the native sampler; the sequence belongs to the pool again afterwards. */
  async dispose(): Promise<void> {
    await this.#tokens?.return();
  }

  #sample(): AsyncGenerator<Sampled, void> {
    const { sampling, topLogprobs } = this.#parts.request;
    const options = {
      temperature: sampling.temperature ?? 1,
      topP: sampling.topP ?? 1,
      topK: 0,
      minP: 0,
      // A restart goes on drawing other numbers than it began with.
      seed: (sampling.seed + this.#generated.length) % 2 ** 32,
      ...(this.#grammarState ? { grammarEvaluationState: this.#grammarState } : {}),
    };
    const metadata = { probabilities: topLogprobs !== undefined };
    return this.#sequence.evaluateWithMetadata(this.#pending, metadata, options) as AsyncGenerator<
      Sampled,
      void
    >;
  }

  #accept({ token, probabilities }: Sampled): StepOutcome {
    this.#generated.push(token);
    if (probabilities) this.#logprobs.push(this.#logprobsOf(token, probabilities));
    const text = this.#emitter.push(this.#decoder.push(token));
    if (this.#emitter.stopped) return { ...this.#outcome(text), finished: "stop" };
    if (this.#generated.length >= this.#parts.maxTokens) return this.#end("length", text);
    return this.#outcome(text);
  }

  #end(finished: "stop" | "length", text = ""): StepOutcome {
    const rest = this.#emitter.push(this.#decoder.flush()) + this.#emitter.end();
    return { ...this.#outcome(text + rest), finished: this.#emitter.stopped ? "stop" : finished };
  }

  /** Log probabilities wait for the text of their tokens. */
  #outcome(text: string): StepOutcome {
    if (text === "" || this.#logprobs.length === 0) return { ...NOTHING, text };
    const logprobs = this.#logprobs;
    this.#logprobs = [];
    return { text, logprobs, finished: undefined };
  }

  #logprobsOf(token: Token, probabilities: Probabilities<Token>): TokenLogprob {
    const { loaded, request } = this.#parts;
    return tokenLogprobs(
      { token, probabilities },
      {
        temperature: request.sampling.temperature ?? 1,
        topCount: request.topLogprobs ?? 0,
        textOf: (candidate) => loaded.model.detokenize([candidate], true),
      },
    );
  }
}

/** How much an answer may have, given its prompt; undefined when the two cannot fit together. */
export function maxTokensFor(
  promptTokens: number,
  asked: number | undefined,
  contextTokens: number,
): number | undefined {
  // One place stays free: the library would silently drop the beginning of a full context.
  const room = contextTokens - 1 - promptTokens;
  if (room < (asked ?? 1)) return undefined;
  return asked ?? Math.min(room, LIMITS.maxTokensDefault);
}
