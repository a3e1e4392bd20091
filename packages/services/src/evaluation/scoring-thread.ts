import { Worker } from "node:worker_threads";
import { AppError, type CaseOutcome, InvariantError, LIMITS } from "@assay/core";
import type { JudgedMetric, MetricTask } from "@assay/evaluator";
import { assertOutsideWrite } from "@assay/store";
import type { ScoringTask, ThreadAnswer, ThreadWork } from "./scoring-thread-main.ts";
import { WorkedTime } from "./worked-time.ts";

const FILE = new URL("./scoring-thread-main.ts", import.meta.url);
const TOO_MUCH = "scoring it takes too much for a look; score it in a run";
const TOO_MUCH_IN_A_RUN = "judging it takes more time or memory than one scorer of a run may take";
const RETRY_AFTER_MS = 1_000;

interface Job {
  tenantId: string;
  work: ThreadWork;
  /** With the kind of result that the work has. */
  resolve: (result: CaseOutcome | JudgedMetric) => void;
  reject: (reason: unknown) => void;
}

interface Bounds {
  /** How long one output may be scored. */
  timeoutMs: number;
  waitingPerTenantMax: number;
}

/**
 * Scores outputs beside the process's own thread, which goes on serving: some scorers cannot give way in the middle of
 * what they do, and some of that is measured in seconds. One output at a time, of the tenant that the thread has worked
 * for least; what takes too long or too much memory is ended with the thread, and the next one gets a new thread.
 */
export class ScoringThread {
  readonly #bounds: Bounds;
  readonly #waiting = new Map<string, Job[]>();
  readonly #worked = new WorkedTime();
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
    const max = this.#bounds.waitingPerTenantMax;
    if ((this.#waiting.get(tenantId)?.length ?? 0) >= max) {
      const message = `${max} outputs of this tenant wait to be scored already. Ask again when some are, or start a run.`;
      throw new AppError("queue_full", message, { retryAfterMs: RETRY_AFTER_MS });
    }
    return (await this.#result(tenantId, { kind: "output", task })) as CaseOutcome;
  }

  /** What one scorer makes of an output. The cases of a run wait for it as long as the run does. */
  async judge(tenantId: string, task: MetricTask, signal: AbortSignal): Promise<JudgedMetric> {
    assertOutsideWrite();
    signal.throwIfAborted();
    const work = { kind: "metric", task } as const;
    return (await this.#result(tenantId, work, signal)) as JudgedMetric;
  }

  async #result(
    tenantId: string,
    work: ThreadWork,
    signal?: AbortSignal,
  ): Promise<CaseOutcome | JudgedMetric> {
    const { promise, resolve, reject } = Promise.withResolvers<CaseOutcome | JudgedMetric>();
    const job: Job = { tenantId, work, resolve, reject };
    const line = this.#waiting.get(tenantId) ?? [];
    if (line.length === 0) this.#worked.join(tenantId);
    line.push(job);
    this.#waiting.set(tenantId, line);
    const leave = () => this.#leave(tenantId, job, signal?.reason);
    signal?.addEventListener("abort", leave, { once: true });
    this.#next();
    return await promise.finally(() => signal?.removeEventListener("abort", leave));
  }

  /** Nobody waits for this work any more. */
  #leave(tenantId: string, job: Job, reason: unknown): void {
    job.reject(reason);
    if (this.#present === job) {
      this.#stop();
      this.#settle(() => undefined);
      return;
    }
    const rest = this.#waiting.get(tenantId)?.filter((each) => each !== job) ?? [];
    if (rest.length > 0) this.#waiting.set(tenantId, rest);
    else this.#waiting.delete(tenantId);
  }

  #next(): void {
    if (this.#present !== undefined) return;
    this.#present = this.#takeNext();
    clearTimeout(this.#timer);
    if (this.#present === undefined) {
      this.#rest();
      return;
    }
    this.#begin(this.#present);
  }

  /** What cannot be begun fails alone: left where it is, nothing after it would ever be. */
  #begin(job: Job): void {
    try {
      this.#worker ??= this.#start();
      this.#worker.ref();
      if (this.#isReady) this.#send(job);
    } catch (error) {
      this.#fail(error);
    }
  }

  #takeNext(): Job | undefined {
    const tenantId = this.#worked.least(this.#waiting.keys());
    if (tenantId === undefined) return undefined;
    const line = this.#waiting.get(tenantId) ?? [];
    this.#waiting.delete(tenantId);
    const job = line.shift();
    if (line.length > 0) this.#waiting.set(tenantId, line);
    return job;
  }

  /** Nobody waits: the thread holds memory for a while only, and never the process. */
  #rest(): void {
    this.#worked.forget();
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
    worker.on("message", (answer: ThreadAnswer) => whileOurs(() => this.#hear(answer))());
    worker.on("error", (error) => whileOurs(() => this.#fail(error))());
    worker.on(
      "exit",
      whileOurs(() => this.#fail(new InvariantError("the scoring thread ended by itself"))),
    );
    return worker;
  }

  #send(sent: Job): void {
    this.#worked.begin();
    this.#worker?.postMessage(sent.work);
    // An answer that came while the process itself stood still is heard first.
    this.#timer = setTimeout(() => setImmediate(() => this.#giveUp(sent)), this.#bounds.timeoutMs);
  }

  #giveUp(sent: Job): void {
    if (this.#present !== sent) return;
    this.#stop();
    this.#settle((job) => job.resolve(tooMuch(job.work)));
  }

  #hear(answer: ThreadAnswer): void {
    if (answer === "ready") {
      this.#isReady = true;
      if (this.#present !== undefined) this.#begin(this.#present);
    } else if ("result" in answer) this.#settle((job) => job.resolve(answer.result));
    else this.#settle((job) => job.reject(new InvariantError(`scoring failed: ${answer.bug}`)));
  }

  #fail(error: unknown): void {
    this.#stop();
    const isOutOfMemory =
      error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    this.#settle((job) => {
      if (isOutOfMemory) job.resolve(tooMuch(job.work));
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
    if (job !== undefined) this.#worked.end(job.tenantId);
    if (job !== undefined) settle(job);
    this.#next();
  }
}

function tooMuch(work: ThreadWork): CaseOutcome | JudgedMetric {
  if (work.kind === "metric") {
    // Whatever else judges this case finds nothing left: 64 scorers would each take as long.
    return { outcome: { status: "not_scored", reason: TOO_MUCH_IN_A_RUN }, stepsLeft: 0 };
  }
  const { output, toolCalls } = work.task;
  const calls = toolCalls.length > 0 && { toolCalls: [...toolCalls] };
  return { status: "not_scored", reason: TOO_MUCH, metrics: [], output, ...calls };
}

/** Of this process: looks at single outputs. */
export const scoringThread = new ScoringThread({
  timeoutMs: LIMITS.playgroundScoringMs,
  waitingPerTenantMax: LIMITS.playgroundScoringsWaitingMax,
});

/**
 * Of this process: the heavy scorers of runs. Another thread, so that nobody who looks at an output waits for a run;
 * as many wait as runs have cases in work.
 */
export const runScoringThread = new ScoringThread({
  timeoutMs: LIMITS.runScoringMs,
  waitingPerTenantMax: Number.POSITIVE_INFINITY,
});
