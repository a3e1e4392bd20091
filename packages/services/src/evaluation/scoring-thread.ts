import { Worker } from "node:worker_threads";
import { AppError, type CaseOutcome, InvariantError, LIMITS } from "@assay/core";
import { assertOutsideWrite } from "@assay/store";
import type { ScoringAnswer, ScoringTask } from "./scoring-thread-main.ts";

const FILE = new URL("./scoring-thread-main.ts", import.meta.url);
const TOO_MUCH = "scoring it takes too much for a look; score it in a run";
const RETRY_AFTER_MS = 1_000;

interface Job {
  task: ScoringTask;
  resolve: (outcome: CaseOutcome) => void;
  reject: (error: Error) => void;
}

interface Bounds {
  /** How long one output may be scored. */
  timeoutMs: number;
  waitingPerTenantMax: number;
}

/**
 * Scores outputs beside the process's own thread, which goes on serving: some scorers cannot give way in the middle of
 * what they do, and some of that is measured in seconds. One output at a time, tenants by turns; what takes too long or
 * too much memory is ended with the thread, and the next one gets a new thread.
 */
export class ScoringThread {
  readonly #bounds: Bounds;
  /** By tenant, the one whose turn is next first. */
  readonly #waiting = new Map<string, Job[]>();
  #worker: Worker | undefined;
  #isReady = false;
  #present: Job | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** @throws AppError `queue_full` while the tenant has as many outputs waiting as it may */
  async score(tenantId: string, task: ScoringTask): Promise<CaseOutcome> {
    assertOutsideWrite();
    const line = this.#waiting.get(tenantId) ?? [];
    const max = this.#bounds.waitingPerTenantMax;
    if (line.length >= max) {
      const message = `${max} outputs of this tenant wait to be scored already. Ask again when some are, or start a run.`;
      throw new AppError("queue_full", message, { retryAfterMs: RETRY_AFTER_MS });
    }
    return await new Promise((resolve, reject) => {
      line.push({ task, resolve, reject });
      this.#waiting.set(tenantId, line);
      this.#next();
    });
  }

  #next(): void {
    if (this.#present !== undefined) return;
    this.#present = this.#takeNext();
    clearTimeout(this.#timer);
    if (this.#present === undefined) {
      this.#rest();
      return;
    }
    this.#worker ??= this.#start();
    this.#worker.ref();
    if (this.#isReady) this.#send(this.#present);
  }

  #takeNext(): Job | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    const [tenantId, line] = first;
    this.#waiting.delete(tenantId);
    const job = line.shift();
    if (line.length > 0) this.#waiting.set(tenantId, line);
    return job;
  }

  /** Nobody waits: the thread holds memory for a while only, and never the process. */
  #rest(): void {
    this.#worker?.unref();
    this.#timer = setTimeout(() => this.#stop(), LIMITS.scoringThreadIdleMs).unref();
  }

  #start(): Worker {
    const worker = new Worker(FILE, {
      // What it works on is a tenant's, and nothing of it needs to know where it runs.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: LIMITS.scoringThreadMemoryMib },
    });
    // An answer of a thread that was given up belongs to nobody.
    const whileOurs = (work: () => void) => () => this.#worker === worker && work();
    worker.on("message", (answer: ScoringAnswer) => whileOurs(() => this.#hear(answer))());
    worker.on("error", (error) => whileOurs(() => this.#fail(error))());
    worker.on(
      "exit",
      whileOurs(() => this.#fail(new InvariantError("the scoring thread ended by itself"))),
    );
    return worker;
  }

  #send({ task }: Job): void {
    this.#worker?.postMessage(task);
    this.#timer = setTimeout(() => {
      this.#stop();
      this.#settle((job) => job.resolve(tooMuch(job.task)));
    }, this.#bounds.timeoutMs);
  }

  #hear(answer: ScoringAnswer): void {
    if (answer === "ready") {
      this.#isReady = true;
      if (this.#present !== undefined) this.#send(this.#present);
    } else if ("outcome" in answer) this.#settle((job) => job.resolve(answer.outcome));
    else this.#settle((job) => job.reject(new InvariantError(`scoring failed: ${answer.bug}`)));
  }

  #fail(error: unknown): void {
    this.#stop();
    const isOutOfMemory =
      error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    this.#settle((job) => {
      if (isOutOfMemory) job.resolve(tooMuch(job.task));
      else job.reject(error instanceof Error ? error : new InvariantError(String(error)));
    });
  }

  #stop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#isReady = false;
    void worker?.terminate();
  }

  #settle(settle: (job: Job) => void): void {
    const job = this.#present;
    this.#present = undefined;
    if (job !== undefined) settle(job);
    this.#next();
  }
}

function tooMuch({ output, toolCalls }: ScoringTask): CaseOutcome {
  const calls = toolCalls.length > 0 && { toolCalls: [...toolCalls] };
  return { status: "not_scored", reason: TOO_MUCH, metrics: [], output, ...calls };
}

/** Of this process. */
export const scoringThread = new ScoringThread({
  timeoutMs: LIMITS.playgroundScoringMs,
  waitingPerTenantMax: LIMITS.playgroundScoringsWaitingMax,
});
