import {
  type Engine,
  type EngineFailure,
  type GenerateCall,
  type GenerateEvent,
  type GenerateRequest,
  LIMITS,
  type LocalTarget,
} from "@assay/core";
import { AdmissionQueue } from "./admission-queue.ts";
import { checkRequest } from "./check-request.ts";
import { NO_STEPS, type StepCounters } from "./child-messages.ts";
import { LLAMA_BUILD } from "./llama-build.ts";
import { CANCELLED, CLOSED, localFailure } from "./local-failure.ts";
import { type HostLog, ModelHost } from "./model-host.ts";
import { ThroughputMeter } from "./throughput-meter.ts";
import { Ticket } from "./ticket.ts";

/** Every model in use has a process of its own; past this many the least recently used idle one is ended. */
const MODELS_MAX = 8;

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
  readonly #hosts = new Map<string, ModelHost>();
  readonly #meter = new ThroughputMeter();
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(options: LlamaEngineOptions) {
    this.#options = options;
  }

  async *generate(request: GenerateRequest, call: GenerateCall): AsyncGenerator<GenerateEvent> {
    const admitted = this.#admit(request, call);
    if (!(admitted instanceof Ticket)) return yield { type: "failed", failure: admitted, usage: undefined };
    const ticket = admitted;
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
    const active = [...this.#hosts.values()].reduce((sum, host) => sum + host.active, 0);
    return { build: LLAMA_BUILD, queued: this.#queue.size, active };
  }

  stepCounters(modelSha256: string): StepCounters {
    return this.#hosts.get(modelSha256)?.counters ?? NO_STEPS;
  }

  childPid(modelSha256: string): number | undefined {
    return this.#hosts.get(modelSha256)?.childPid;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const ticket of [...this.#queue]) this.#drop(ticket, CLOSED);
    for (const host of this.#hosts.values()) this.#end(host);
    this.#hosts.clear();
    await Promise.all(this.#ending);
  }

  /** Takes a request into the queue, or answers why not. */
  #admit(request: GenerateRequest, call: GenerateCall): Ticket | EngineFailure {
    const { target } = request;
    if (this.#closed) return CLOSED;
    if (call.signal.aborted) return CANCELLED;
    if (target.kind !== "local")
      return localFailure("invalid_request", "This engine serves local models only.");
    const check = checkRequest(request, this.#hosts.get(target.modelSha256)?.bounds);
    if ("failure" in check) return check.failure;
    const full = this.#refuseWhenFull(call.tenantId);
    if (full) return full;
    const ticket = new Ticket({ request, target, call, answerCheck: check.answer });
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
    });
  }

  /** Starts everything that can start now. */
  #pump(): void {
    while (true) {
      const ticket = this.#queue.next(
        (candidate) => this.#hostFor(candidate.target)?.canTake(candidate) ?? false,
      );
      if (!ticket) return;
      this.#hosts.get(ticket.target.modelSha256)?.take(ticket);
    }
  }

  /** The host of a model; undefined while all others are busy and there are too many of them. */
  #hostFor({ modelSha256, modelPath }: LocalTarget): ModelHost | undefined {
    const known = this.#hosts.get(modelSha256);
    if (known) return known;
    if (this.#closed || !this.#makeRoom()) return undefined;
    const { gpu = false, threads = 1, environment = {}, log = () => undefined } = this.#options;
    const host = new ModelHost({
      modelSha256,
      settings: { modelPath, gpu, threads },
      environment,
      log,
      onRoom: () => this.#pump(),
      onRequeue: (ticket) => this.#queue.putBack(ticket),
      onUnloadable: () => this.#failWaitingFor(modelSha256),
      onServed: (ticket) => this.#meter.record(ticket.serviceMs),
    });
    this.#hosts.set(modelSha256, host);
    return host;
  }

  #makeRoom(): boolean {
    if (this.#hosts.size < MODELS_MAX) return true;
    const awaited = new Set([...this.#queue].map(({ target }) => target.modelSha256));
    const idle = [...this.#hosts].filter(([sha256, host]) => host.active === 0 && !awaited.has(sha256));
    const [oldest] = idle.sort(([, one], [, other]) => one.lastUsedAt - other.lastUsedAt);
    if (!oldest) return false;
    this.#hosts.delete(oldest[0]);
    this.#end(oldest[1]);
    return true;
  }

  #end(host: ModelHost): void {
    const ending = host.close();
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  #failWaitingFor(modelSha256: string): void {
    const failure = localFailure("unavailable", "The model could not be loaded.");
    for (const ticket of [...this.#queue])
      if (ticket.target.modelSha256 === modelSha256) this.#drop(ticket, failure);
  }

  #cancel(ticket: Ticket): void {
    if (!ticket.cancel()) return;
    if (this.#queue.remove(ticket)) ticket.fail(CANCELLED);
    else this.#hosts.get(ticket.target.modelSha256)?.cancel(ticket);
  }

  #drop(ticket: Ticket, failure: EngineFailure): void {
    if (this.#queue.remove(ticket)) ticket.fail(failure);
  }
}
