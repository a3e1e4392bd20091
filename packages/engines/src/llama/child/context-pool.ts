import { type EngineFailure, invariant, LIMITS, type LocalTarget } from "@assay/core";
import type { LlamaContext, LlamaContextSequence } from "node-llama-cpp";
import type { StepCounters } from "../child-messages.ts";
import { localFailure } from "../local-failure.ts";
import type { Generation } from "./generation.ts";
import type { LoadedModel } from "./loaded-model.ts";

type Adapter = NonNullable<LocalTarget["adapter"]>;

/** A context serves one adapter, or the base model, and is never handed to another: isolation by construction. */
export interface PooledContext {
  readonly context: LlamaContext;
  readonly free: LlamaContextSequence[];
  readonly active: Set<Generation>;
}

export type Lease =
  | { context: PooledContext; sequence: LlamaContextSequence }
  | { failure: EngineFailure }
  | "busy";

const BASE_KEY = "";

/** Contexts by adapter hash, least recently used first. */
export class ContextPool {
  readonly #loaded: LoadedModel;
  readonly #counters: StepCounters;
  readonly #contexts = new Map<string, PooledContext>();

  constructor(loaded: LoadedModel, counters: StepCounters) {
    this.#loaded = loaded;
    this.#counters = counters;
  }

  /** The contexts with something to do. */
  busy(): PooledContext[] {
    return [...this.#contexts.values()].filter(({ active }) => active.size > 0);
  }

  /** Finds or makes a place for one request; `busy` when one will come free by itself. */
  async lease(adapter: Adapter | undefined): Promise<Lease> {
    const key = adapter?.sha256 ?? BASE_KEY;
    const known = this.#contexts.get(key);
    if (!known && this.#contexts.size >= LIMITS.engineContextsMax && !(await this.#evictIdle()))
      return "busy";
    const context = known ?? (await this.#create(adapter));
    if (!context) return this.#refusal(adapter);
    this.#contexts.delete(key);
    this.#contexts.set(key, context);
    const sequence = context.free.pop();
    return sequence ? { context, sequence } : "busy";
  }

  /**
   * Gives a sequence back, empty: nothing of a request is left for the next one, whoever sends it. Reuse of shared
   * prefixes would begin here, keyed by model, adapter and tokens.
   */
  async release(context: PooledContext, sequence: LlamaContextSequence): Promise<void> {
    await sequence.clearHistory();
    context.free.push(sequence);
  }

  /** Makes a context, giving up idle ones and then places in it as long as memory does not suffice. */
  async #create(adapter: Adapter | undefined): Promise<PooledContext | undefined> {
    for (let sequences: number = LIMITS.engineSequencesPerContext; sequences >= 1; ) {
      const context = await this.#tryCreate(adapter, sequences);
      if (context) return context;
      if (!(await this.#evictIdle())) sequences = Math.floor(sequences / 2);
    }
    return undefined;
  }

  async #tryCreate(adapter: Adapter | undefined, sequences: number): Promise<PooledContext | undefined> {
    const { model, threads, contextTokens } = this.#loaded;
    try {
      const context = await model.createContext({
        contextSize: contextTokens,
        sequences,
        batchSize: LIMITS.enginePrefillChunkTokens,
        threads,
        failedCreationRemedy: false,
        ...(adapter ? { lora: adapter.path } : {}),
      });
      invariant(context.contextSize >= contextTokens, "a context is smaller than asked for");
      this.#counters.contextsCreated++;
      const free = Array.from({ length: sequences }, () => context.getSequence());
      return { context, free, active: new Set() };
    } catch (error) {
      if (error instanceof Error && error.name === "InvariantError") throw error;
      return undefined;
    }
  }

  async #evictIdle(): Promise<boolean> {
    const idle = [...this.#contexts].find(([, { active }]) => active.size === 0);
    if (!idle) return false;
    this.#contexts.delete(idle[0]);
    await idle[1].context.dispose();
    this.#counters.contextsEvicted++;
    return true;
  }

  #refusal(adapter: Adapter | undefined): Lease {
    const what = adapter ? "The adapter could not be loaded" : "The model's context could not be created";
    return {
      failure: localFailure("unavailable", `${what}: it does not fit the model, or memory is short.`),
    };
  }
}
