import { LIMITS } from "@assay/core";
import {
  type ChildMessage,
  type ChildSettings,
  NO_STEPS,
  type PromptBounds,
  type StepCounters,
} from "./child-messages.ts";
import { CLOSED, localFailure } from "./local-failure.ts";
import { SupervisedChild } from "./supervised-child.ts";
import type { Ticket } from "./ticket.ts";

/** llama.cpp frees an adapter only together with its model: past this many the child is replaced when idle. */
const ADAPTERS_PER_CHILD_MAX = 4 * LIMITS.engineContextsMax;
const ATTEMPTS_MAX = 2;
/** Loading takes minutes for the largest files on slow disks; what takes longer hangs. */
const LOAD_MS_MAX = 10 * 60_000;

/** What happened to a child, for logs and metrics; `detail` is not safe to show to a tenant. */
export type HostLog = (event: string, fields: { modelSha256: string; detail?: string }) => void;

export interface ModelHostOptions {
  modelSha256: string;
  settings: Omit<ChildSettings, "modelPath">;
  environment: Record<string, string>;
  log: HostLog;
  /** Something may be able to start now. */
  onRoom: () => void;
  /** The child died under this ticket before it had said anything: queue it again. */
  onRequeue: (ticket: Ticket) => void;
  /** The model cannot be loaded from this path: everything that waits for it there must be told. */
  onUnloadable: (modelPath: string) => void;
  onServed: (ticket: Ticket) => void;
}

/**
 * The one child of one model: starts it on first need, hands it only what it has room for, starts it again after
 * a crash (later each time) and answers for what was lost.
 */
export class ModelHost {
  readonly #options: ModelHostOptions;
  readonly #active = new Map<number, Ticket>();
  readonly #adapters = new Set<string>();
  #child: SupervisedChild | undefined;
  #modelPath = "";
  #ready = false;
  #closed = false;
  #recycling = false;
  #failuresInRow = 0;
  #backoff: NodeJS.Timeout | undefined;
  #loadDeadline: NodeJS.Timeout | undefined;
  #counters: StepCounters = NO_STEPS;
  #bounds: PromptBounds | undefined;
  lastUsedAt = performance.now();

  constructor(options: ModelHostOptions) {
    this.#options = options;
  }

  get active(): number {
    return this.#active.size;
  }
  get counters(): StepCounters {
    return this.#counters;
  }
  /** How much the model can read, once that is known. */
  get bounds(): PromptBounds | undefined {
    return this.#bounds;
  }
  get childPid(): number | undefined {
    return this.#child?.pid;
  }

  /** Can this ticket be handed over now? Starts the child where that is what is missing. */
  canTake(ticket: Ticket): boolean {
    if (!this.#ready) {
      this.#start(ticket.target.modelPath);
      return false;
    }
    const others = [...this.#active.values()];
    // Whatever was in flight during a crash runs alone the second time: only the cause can crash again.
    const alone = ticket.attempts > 0 || others.some(({ attempts }) => attempts > 1);
    if (alone && others.length > 0) return false;
    if (this.#needsRecycling(ticket)) {
      if (others.length === 0) this.#recycle();
      return false;
    }
    const keys = new Set(others.map(({ contextKey }) => contextKey));
    if (!keys.has(ticket.contextKey) && keys.size >= LIMITS.engineContextsMax) return false;
    const sameContext = others.filter(({ contextKey }) => contextKey === ticket.contextKey);
    return sameContext.length < LIMITS.engineSequencesPerContext;
  }

  take(ticket: Ticket): void {
    this.lastUsedAt = performance.now();
    this.#active.set(ticket.id, ticket);
    if (ticket.contextKey) this.#adapters.add(ticket.contextKey);
    ticket.start();
    this.#child?.send({ type: "submit", id: ticket.id, request: ticket.childRequest });
  }

  cancel(ticket: Ticket): void {
    if (this.#active.has(ticket.id)) this.#child?.send({ type: "cancel", id: ticket.id });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#backoff);
    await this.#child?.kill();
  }

  /** Tenants may each have a copy of the same bytes, and remove it: the one who waits now names a path that exists. */
  #start(modelPath: string): void {
    if (this.#child || this.#backoff || this.#closed) return;
    const { settings, environment } = this.#options;
    this.#modelPath = modelPath;
    this.#child = new SupervisedChild({
      settings: { ...settings, modelPath },
      environment,
      onMessage: (message) => this.#hear(message),
      onExit: (detail) => this.#lose(detail),
    });
    this.#loadDeadline = setTimeout(() => this.#giveUpLoading(), LOAD_MS_MAX).unref();
  }

  #giveUpLoading(): void {
    this.#options.onUnloadable(this.#modelPath);
    void this.#child?.kill();
  }

  #needsRecycling({ contextKey }: Ticket): boolean {
    return (
      contextKey !== "" && !this.#adapters.has(contextKey) && this.#adapters.size >= ADAPTERS_PER_CHILD_MAX
    );
  }

  #recycle(): void {
    this.#ready = false;
    this.#recycling = true;
    this.#log("recycled");
    void this.#child?.kill();
  }

  #hear(message: ChildMessage): void {
    if (message.type === "ready") {
      this.#ready = true;
      this.#bounds = message.bounds;
      clearTimeout(this.#loadDeadline);
      this.#log("child_ready");
      this.#options.onRoom();
    } else if (message.type === "load_failed") {
      this.#log("load_failed", message.detail);
      this.#options.onUnloadable(this.#modelPath);
    } else if (message.type === "heartbeat") this.#counters = message.counters;
    else if (message.type === "log") this.#log(`llama_${message.level}`, message.line);
    else this.#hearAbout(message);
  }

  #hearAbout(message: Extract<ChildMessage, { id: number }>): void {
    const ticket = this.#active.get(message.id);
    if (!ticket) return;
    if (message.type === "text") {
      ticket.emit(message);
      return;
    }
    this.#active.delete(message.id);
    this.#counters = message.counters;
    this.lastUsedAt = performance.now();
    if (message.type === "done") {
      this.#failuresInRow = 0;
      ticket.finish(message);
    } else if (message.type === "embedded") {
      this.#failuresInRow = 0;
      ticket.embed(message);
    } else ticket.fail(message.failure, message.usage);
    this.#options.onServed(ticket);
    this.#options.onRoom();
  }

  #lose(detail: string): void {
    clearTimeout(this.#loadDeadline);
    const lost = [...this.#active.values()];
    const wasReady = this.#ready;
    this.#active.clear();
    this.#adapters.clear();
    this.#child = undefined;
    this.#ready = false;
    if (this.#closed) {
      for (const ticket of lost) ticket.fail(CLOSED);
      return;
    }
    if (this.#recycling) this.#recycling = false;
    else this.#waitBeforeRestart(detail);
    // Backwards, because each goes to the front of its tenant's line.
    for (const ticket of lost.reverse()) this.#answerForLost(ticket);
    // Dying again and again before it was ever ready is a model that cannot be loaded, only less politely said.
    if (!wasReady && this.#failuresInRow >= ATTEMPTS_MAX) this.#options.onUnloadable(this.#modelPath);
    this.#options.onRoom();
  }

  #waitBeforeRestart(detail: string): void {
    this.#log("child_ended", detail);
    const delayMs = LIMITS.engineRestartBackoffMs * 2 ** this.#failuresInRow++;
    this.#backoff = setTimeout(
      () => {
        this.#backoff = undefined;
        this.#options.onRoom();
      },
      Math.min(delayMs, LIMITS.engineRestartBackoffMaxMs),
    );
  }

  #answerForLost(ticket: Ticket): void {
    if (ticket.cancelled || ticket.hasEmitted)
      ticket.fail(localFailure("crashed", "The engine crashed in the middle of this answer."));
    else if (ticket.attempts < ATTEMPTS_MAX) this.#options.onRequeue(ticket);
    else
      ticket.fail(
        localFailure("crashed", "The engine crashed on this request, twice.", { retryable: false }),
      );
  }

  #log(event: string, detail?: string): void {
    const { modelSha256, log } = this.#options;
    log(event, detail === undefined ? { modelSha256 } : { modelSha256, detail });
  }
}
