import { type EngineFailure, LIMITS, type TokenUsage } from "@assay/core";
import type { LlamaEmbeddingContext, Token } from "node-llama-cpp";
import { localFailure } from "../local-failure.ts";
import type { LoadedModel } from "./loaded-model.ts";

export type Embedding = { vector: number[]; usage: TokenUsage } | { failure: EngineFailure };

/**
 * Turns texts into vectors, one at a time, in a context of its own beside those that write answers: what a text left
 * behind is erased before the next, and no adapter ever takes part. A model without pooling gives the state of its
 * last token.
 */
export class Embedder {
  readonly #loaded: LoadedModel;
  readonly #contextTokens: number;
  #context: LlamaEmbeddingContext | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(loaded: LoadedModel) {
    this.#loaded = loaded;
    this.#contextTokens = Math.min(loaded.contextTokens, LIMITS.embeddedTokensMax);
  }

  /** The vector of `tokens`, of length 1; waits for the texts before it. Asks `isWanted` once more when its turn comes. */
  embed(tokens: readonly Token[], isWanted: () => boolean): Promise<Embedding | "unwanted"> {
    const next = this.#last.then(async () => (isWanted() ? await this.#compute(tokens) : "unwanted"));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #compute(tokens: readonly Token[]): Promise<Embedding> {
    // One place for a start and one for an end token, which the library may add.
    if (tokens.length > this.#contextTokens - 2) {
      const message = `A text to embed has at most ${this.#contextTokens - 2} tokens; this one has ${tokens.length}.`;
      return { failure: localFailure("context_length_exceeded", message) };
    }
    try {
      this.#context ??= await this.#loaded.model.createEmbeddingContext({
        contextSize: this.#contextTokens,
        batchSize: this.#contextTokens,
        threads: this.#loaded.threads,
      });
      const { vector } = await this.#context.getEmbeddingFor([...tokens]);
      const unit = unitVector(vector);
      if (unit === undefined) return { failure: NO_VECTOR };
      return { vector: unit, usage: { promptTokens: tokens.length, completionTokens: 0 } };
    } catch {
      return { failure: NO_VECTOR };
    }
  }
}

const NO_VECTOR = localFailure("unsupported_parameter", "This model cannot turn texts into vectors.");

function unitVector(vector: readonly number[]): number[] | undefined {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length === 0) return undefined;
  return vector.map((part) => part / length);
}
