import { type EngineFailure, invariant, LIMITS } from "@assay/core";
import type { ChildMessage, ChildRequest, StepCounters } from "../child-messages.ts";
import { CANCELLED, localFailure } from "../local-failure.ts";
import { ContextPool, type PooledContext } from "./context-pool.ts";
import { Embedder } from "./embedder.ts";
import { Generation, type GenerationParts, type StepOutcome } from "./generation.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { Preparation, preparationBytes } from "./preparation.ts";

type Send = (message: ChildMessage) => void;

interface Waiting {
  id: number;
  request: ChildRequest;
  isCancelled: boolean;
  /** What preparing it takes; see {@link preparationBytes}. */
  bytes: number;
  /** Kept while the request waits for a place, so that its prompt is turned into tokens once. */
  parts?: GenerationParts;
}

const FAILURES_IN_ROW_MAX = 8;
/**
 * How much is prepared between two steps. Whatever is larger by itself is prepared one at a time, so that answers in
 * the making never wait for more than one such request, whoever sends them.
 */
const PREPARED_BYTES_PER_STEP = 8_192;
const NO_TOKENS = { promptTokens: 0, completionTokens: 0 };

/**
 * Drives every context in steps: one step gives each of its requests one token or a chunk of its prompt, in one
 * native batch. The library's own concurrent loops fall out of phase and starve whatever needs the context's lock;
 * here all such work (places taken, cleared, given back) happens between steps, while the lock is free.
 */
export class StepLoop {
  readonly #send: Send;
  readonly #pool: ContextPool;
  readonly #preparation: Preparation;
  readonly #embedder: Embedder;
  readonly #embedding = new Map<number, { isCancelled: boolean }>();
  readonly #active = new Map<number, Generation>();
  readonly #ids = new Map<Generation, number>();
  readonly #waiting = new Map<number, Waiting>();
  #failuresInRow = 0;
  #running = false;
  #stepStartedAt: number | undefined;
  readonly counters: StepCounters;

  constructor(loaded: LoadedModel, send: Send, counters: StepCounters) {
    this.#send = send;
    this.counters = counters;
    this.#pool = new ContextPool(loaded, counters);
    this.#preparation = new Preparation(loaded);
    this.#embedder = new Embedder(loaded);
  }

  get stepAgeMs(): number {
    return this.#stepStartedAt === undefined ? 0 : performance.now() - this.#stepStartedAt;
  }

  submit(id: number, request: ChildRequest): void {
    this.#waiting.set(id, { id, request, isCancelled: false, bytes: preparationBytes(request) });
    if (!this.#running) void this.#run();
  }

  cancel(id: number): void {
    const generation = this.#active.get(id);
    if (generation) generation.isCancelled = true;
    const waiting = this.#waiting.get(id);
    if (waiting) waiting.isCancelled = true;
    const embedding = this.#embedding.get(id);
    if (embedding) embedding.isCancelled = true;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.size > 0 || this.#active.size > 0) {
      await this.#admitWaiting();
      for (const context of this.#pool.busy()) await this.#step(context);
      // Messages (a new request, a cancellation) are heard between steps.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#running = false;
  }

  async #admitWaiting(): Promise<void> {
    for (const candidate of this.#preparable()) {
      const failure = candidate.isCancelled ? CANCELLED : await this.#admit(candidate);
      if (failure === "busy") continue;
      this.#waiting.delete(candidate.id);
      if (failure) this.#fail(candidate.id, failure, NO_TOKENS);
      // It may have been cancelled while its context was made.
      else if (candidate.isCancelled) this.cancel(candidate.id);
    }
  }

  /** Who may be admitted before the next step: the ready, and of the others only as many as may be prepared. */
  #preparable(): Waiting[] {
    let left = PREPARED_BYTES_PER_STEP;
    let hasLarge = false;
    return [...this.#waiting.values()].filter(({ bytes, parts, isCancelled }) => {
      if (parts || isCancelled) return true;
      const isLarge = bytes > PREPARED_BYTES_PER_STEP;
      if (isLarge ? hasLarge : bytes > left) return false;
      if (isLarge) hasLarge = true;
      else left -= bytes;
      return true;
    });
  }

  /** Gives a request its place, or answers why it gets none. */
  async #admit(candidate: Waiting): Promise<EngineFailure | "busy" | undefined> {
    const { id, request } = candidate;
    const parts = candidate.parts ?? (await this.#preparation.prepare(request));
    if ("failure" in parts) return parts.failure;
    candidate.parts = parts;
    if (request.isEmbedding === true) {
      void this.#embed(candidate, parts);
      return undefined;
    }
    const lease = await this.#pool.lease(request.adapter);
    if (lease === "busy") return "busy";
    if ("failure" in lease) return lease.failure;
    const generation = new Generation(parts, lease.sequence);
    lease.context.active.add(generation);
    this.#active.set(id, generation);
    this.#ids.set(generation, id);
    return undefined;
  }

  /** Beside the steps: its context shares nothing with theirs. */
  async #embed({ id, isCancelled }: Waiting, { prompt }: GenerationParts): Promise<void> {
    const embedding = { isCancelled };
    this.#embedding.set(id, embedding);
    const result = await this.#embedder.embed(prompt.tokens, () => !embedding.isCancelled);
    this.#embedding.delete(id);
    if (result === "unwanted") this.#fail(id, CANCELLED, NO_TOKENS);
    else if ("failure" in result) this.#fail(id, result.failure, NO_TOKENS);
    else this.#send({ type: "embedded", id, ...result, counters: { ...this.counters } });
  }

  async #step(context: PooledContext): Promise<void> {
    for (const generation of context.active)
      if (generation.isCancelled) await this.#endFailed(context, generation, CANCELLED);
    const work = planStep([...context.active]);
    if (work.length === 0) return;
    this.#stepStartedAt = performance.now();
    const outcomes = await Promise.allSettled(
      work.map(({ generation, prefill }) => generation.advance(prefill)),
    );
    this.#stepStartedAt = undefined;
    this.counters.steps++;
    this.counters.stepSequences += work.length;
    for (const [index, { generation, prefill }] of work.entries()) {
      const outcome = outcomes[index];
      if (outcome?.status !== "fulfilled") await this.#survive(context, generation);
      else {
        this.#failuresInRow = 0;
        if (prefill > 0) this.counters.prefillTokens += prefill;
        else this.counters.decodedTokens++;
        await this.#report(context, generation, outcome.value);
      }
    }
  }

  /** A failed step rejects everyone in its batch: each gets another chance alone, and only the cause fails again. */
  async #survive(context: PooledContext, generation: Generation): Promise<void> {
    if (!generation.isSuspect) return generation.restart();
    // When nothing works any more the fault is not in the requests: a new process may cure it.
    invariant(++this.#failuresInRow < FAILURES_IN_ROW_MAX, "no step succeeds any more");
    const failure = localFailure("crashed", "The engine could not compute this request.", {
      retryable: false,
    });
    await this.#endFailed(context, generation, failure);
  }

  async #report(context: PooledContext, generation: Generation, outcome: StepOutcome): Promise<void> {
    const id = this.#ids.get(generation);
    if (id === undefined) return;
    const { text, logprobs, finished } = outcome;
    if (text !== "") this.#send({ type: "text", id, text, logprobs });
    if (!finished) return;
    const { usage } = generation;
    await this.#release(context, generation);
    this.#send({ type: "done", id, reason: finished, usage, counters: { ...this.counters } });
  }

  async #endFailed(context: PooledContext, generation: Generation, failure: EngineFailure): Promise<void> {
    const id = this.#ids.get(generation);
    await this.#release(context, generation);
    if (id !== undefined) this.#fail(id, failure, generation.usage);
  }

  async #release(context: PooledContext, generation: Generation): Promise<void> {
    const id = this.#ids.get(generation);
    this.#ids.delete(generation);
    if (id !== undefined) this.#active.delete(id);
    context.active.delete(generation);
    await generation.dispose();
    await this.#pool.release(context, generation.sequence);
  }

  #fail(id: number, failure: EngineFailure, usage: Generation["usage"]): void {
    this.#send({ type: "failed", id, failure, usage, counters: { ...this.counters } });
  }
}

/**
 * Who takes part in the next step, and with how many prompt tokens (0: its next token). Answers being written come
 * first; prompts share what is left of the batch, the oldest first. A suspect takes its step alone.
 */
function planStep(active: Generation[]): { generation: Generation; prefill: number }[] {
  const suspect = active.find(({ isSuspect }) => isSuspect);
  const members = suspect ? [suspect] : active;
  const decoding = members.filter(({ prefillLeft }) => prefillLeft === 0);
  let budget = Math.max(1, LIMITS.enginePrefillChunkTokens - decoding.length);
  const work = decoding.map((generation) => ({ generation, prefill: 0 }));
  for (const generation of members) {
    const prefill = Math.min(generation.prefillLeft, budget);
    if (prefill > 0) work.push({ generation, prefill });
    budget -= prefill;
  }
  return work;
}
