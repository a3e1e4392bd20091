import {
  type EmbedOutcome,
  type EmbedRequest,
  type Engine,
  type EngineFailure,
  type GenerateCall,
  type GenerateEvent,
  type GenerateRequest,
  LIMITS,
} from "@assay/core";
import { AdmissionQueue } from "./admission-queue.ts";
import { checkRequest } from "./check-request.ts";
import { NO_STEPS, type StepCounters } from "./child-messages.ts";
import { LLAMA_BUILD } from "./llama-build.ts";
import { CANCELLED, CLOSED, localFailure } from "./local-failure.ts";
import { type HostLog, ModelHost } from "./model-host.ts";
import { type Claim, ModelPlaces } from "./model-places.ts";
import { ThroughputMeter } from "./throughput-meter.ts";
import { Ticket } from "./ticket.ts";

export interface LlamaEngineOptions {
  /** `auto` uses a GPU where there is one. Default `false`. */
  gpu?: "auto" | false;
  /** Threads per model. Default 1: on small shared machines more is many times slower. */
  threads?: number;
  /** The children's environment, for example `CUDA_VISIBLE_DEVICES`. They inherit nothing else. */
  environment?: Record<string, string>;
  log?: HostLog;
}

export interface LlamaEngine extends Engine {
  /** How full the steps were, per model hash, as last reported by its child. */
  stepCounters(modelSha256: string): StepCounters;
  /** The process that serves a model now; undefined while none runs. */
  childPid(modelSha256: string): number | undefined;
}

/** The engine for GGUF models on this machine: llama.cpp in supervised child processes, one per model. */
export function openLlamaEngine(options: LlamaEngineOptions = {}): LlamaEngine {
  return new LocalEngine(options);
}

class LocalEngine implements LlamaEngine {
  readonly #options: LlamaEngineOptions;
  readonly #queue = new AdmissionQueue<Ticket>();
  readonly #places = new ModelPlaces<ModelHost>({
    open: (claim) => this.#openHost(claim),
    end: (host) => this.#end(host),
    awaited: () => new Set([...this.#queue].map(({ target }) => target.modelSha256)),
  });
  readonly #meter = new ThroughputMeter();
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(options: LlamaEngineOptions) {
    this.#options = options;
  }

  async embed({ target, texts }: EmbedRequest, call: GenerateCall): Promise<EmbedOutcome> {
    const vectors: number[][] = [];
    const usage = { promptTokens: 0, completionTokens: 0 };
    for (const text of texts) {
      // Of the base model: what a text means is no adapter's business.
      const base = target.kind === "local" ? { ...target, adapter: undefined } : target;
      const request = { target: base, input: { text }, sampling: { seed: 0, maxTokens: 1 } };
      const admitted = this.#admit(request, call, true);
      if (!(admitted instanceof Ticket)) return { status: "failed", failure: admitted };
      const last = await lastOf(this.#follow(admitted, call));
      if (last?.type !== "finish" || admitted.vector === undefined)
        return { status: "failed", failure: last?.type === "failed" ? last.failure : CLOSED };
      vectors.push(admitted.vector);
      usage.promptTokens += last.usage?.promptTokens ?? 0;
    }
    return { status: "completed", vectors, usage };
  }

  async *generate(request: GenerateRequest, call: GenerateCall): AsyncGenerator<GenerateEvent> {
    const admitted = this.#admit(request, call);
    if (!(admitted instanceof Ticket)) return yield { type: "failed", failure: admitted, usage: undefined };
    yield* this.#follow(admitted, call);
  }

  /** The ticket's events; leaving them, or aborting the call, cancels it. */
  async *#follow(ticket: Ticket, call: GenerateCall): AsyncGenerator<GenerateEvent> {
    const onAbort = () => this.#cancel(ticket);
    call.signal.addEventListener("abort", onAbort, { once: true });
    try {
      this.#pump();
      yield* ticket.events;
    } finally {
      call.signal.removeEventListener("abort", onAbort);
      this.#cancel(ticket);
    }
  }

  status(): ReturnType<Engine["status"]> {
    const active = this.#places.hosts.reduce((sum, host) => sum + host.active, 0);
    return { build: LLAMA_BUILD, queued: this.#queue.size, active };
  }

  stepCounters(modelSha256: string): StepCounters {
    return this.#places.get(modelSha256)?.counters ?? NO_STEPS;
  }

  childPid(modelSha256: string): number | undefined {
    return this.#places.get(modelSha256)?.childPid;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const ticket of [...this.#queue]) this.#drop(ticket, CLOSED);
    this.#places.clear();
    await Promise.all(this.#ending);
  }

  /** Takes a request into the queue, or answers why not. */
  #admit(request: GenerateRequest, call: GenerateCall, isEmbedding = false): Ticket | EngineFailure {
    const { target } = request;
    if (this.#closed) return CLOSED;
    if (call.signal.aborted) return CANCELLED;
    if (target.kind !== "local")
      return localFailure("invalid_request", "This engine serves local models only.");
    const check = checkRequest(request, this.#places.get(target.modelSha256)?.bounds);
    if ("failure" in check) return check.failure;
    const full = this.#refuseWhenFull(call.tenantId);
    if (full) return full;
    const ticket = new Ticket({ request, target, call, answerCheck: check.answer, isEmbedding });
    this.#queue.add(ticket);
    return ticket;
  }

  #refuseWhenFull(tenantId: string): EngineFailure | undefined {
    const ofTenant = this.#queue.sizeOf(tenantId);
    const isFull = this.#queue.size >= LIMITS.engineQueueMax;
    if (!isFull && ofTenant < LIMITS.engineQueuePerTenantMax) return undefined;
    const waiting = isFull ? this.#queue.size : ofTenant;
    const retryAfterMs = this.#meter.retryAfterMs(waiting, this.status().active);
    return localFailure("queue_full", "Too many requests are waiting for the local engine.", {
      retryAfterMs,
      isOfTenantAlone: !isFull,
    });
  }

  /** Starts everything that can start now. */
  #pump(): void {
    if (this.#closed) return;
    while (true) {
      this.#places.settle();
      const ticket = this.#queue.next(
        (candidate) => this.#places.hostFor(candidate)?.canTake(candidate) ?? false,
      );
      if (ticket) {
        this.#places.get(ticket.target.modelSha256)?.take(ticket);
        this.#places.used(ticket);
      } else if (!this.#places.settle()) return;
    }
  }

  #openHost({ target: { modelSha256 } }: Claim): ModelHost {
    const { gpu = false, threads = 1, environment = {}, log = () => undefined } = this.#options;
    return new ModelHost({
      modelSha256,
      settings: { gpu, threads },
      environment,
      log,
      onRoom: () => this.#pump(),
      onRequeue: (ticket) => this.#queue.putBack(ticket),
      onUnloadable: (modelPath) => this.#failWaitingFor(modelSha256, modelPath),
      onServed: (ticket) => this.#meter.record(ticket.serviceMs),
    });
  }

  #end(host: ModelHost): void {
    const ending = host.close();
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  #failWaitingFor(modelSha256: string, modelPath: string): void {
    const failure = localFailure("unavailable", "The model could not be loaded.");
    for (const ticket of [...this.#queue]) {
      const { target } = ticket;
      if (target.modelSha256 === modelSha256 && target.modelPath === modelPath) this.#drop(ticket, failure);
    }
  }

  #cancel(ticket: Ticket): void {
    if (!ticket.cancel()) return;
    if (this.#queue.remove(ticket)) {
      ticket.fail(CANCELLED);
      // A place may have been kept for it.
      this.#pump();
    } else this.#places.get(ticket.target.modelSha256)?.cancel(ticket);
  }

  #drop(ticket: Ticket, failure: EngineFailure): void {
    if (this.#queue.remove(ticket)) ticket.fail(failure);
  }
}

async function lastOf<T>(events: AsyncIterable<T>): Promise<T | undefined> {
  let last: T | undefined;
  for await (const event of events) last = event;
  return last;
}
