import { LIMITS } from "@assay/core";
import {
  claimJob,
  isOtherTenantWaiting,
  type JobLease,
  type JobRow,
  lockLeasedJob,
  type TenantTx,
  updateJob,
} from "@assay/store";
import type { Platform } from "../context.ts";

export interface WorkerOptions {
  /** Names the worker in the lease; unique among the workers of all replicas. */
  workerId: string;
  /** Aborted when the process shuts down: the run is handed back unfinished. */
  signal: AbortSignal;
  leaseMs?: number | undefined;
  heartbeatMs?: number | undefined;
  /** Told once the run begins no more cases because another tenant waits; what it began may still take long. */
  onSliceOver?: (() => void) | undefined;
  /** How long what is under way may go on when the run is cancelled. */
  cancelGraceMs?: number | undefined;
  /** How many results are stored in one transaction, at most. */
  resultsPerGroupMax?: number | undefined;
}

const RESULTS_PER_GROUP_MAX = 512;

/** Whoever cancels while slow answers are under way would otherwise keep the quick ones alone, and draw the others again. */
const CANCEL_GRACE_MS = 10_000;

/** Why a worker stopped before its run was finished. */
export class RunStopped extends Error {
  readonly why: "cancelled" | "lease_lost" | "shutdown" | "slice_over";

  constructor(why: RunStopped["why"]) {
    super(`the run was stopped: ${why}`);
    this.name = "RunStopped";
    this.why = why;
  }
}

/**
 * Holds the lease of one job: renews it, notices when it is lost or the run is cancelled, and is the only way to
 * write anything for the job, because every write first checks that the lease is still ours.
 */
export class WorkerLease {
  readonly lease: JobLease;
  readonly resultsPerGroupMax: number;
  readonly #platform: Platform;
  readonly #leaseMs: number;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #shutdown: AbortSignal;
  readonly #sliceEndsAt: number;
  #isBeating = false;
  #isSliceOver = false;
  #isCancelled = false;
  readonly #onSliceOver: (() => void) | undefined;
  readonly #cancelGraceMs: number;
  #graceTimer: NodeJS.Timeout | undefined;

  /** Undefined when no job is due. */
  static async claim(platform: Platform, options: WorkerOptions): Promise<WorkerLease | undefined> {
    const now = platform.now();
    const { workerId, leaseMs = LIMITS.jobLeaseMs } = options;
    const lease = await platform.store.writePlatform((tx) =>
      claimJob(tx, {
        workerId,
        now,
        leasedUntil: new Date(now.getTime() + leaseMs),
        activePerTenantMax: LIMITS.runsActivePerTenantMax,
        attemptsMax: LIMITS.jobAttemptsMax,
      }),
    );
    return lease && new WorkerLease(platform, lease, options);
  }

  private constructor(platform: Platform, lease: JobLease, options: WorkerOptions) {
    this.lease = lease;
    this.resultsPerGroupMax = options.resultsPerGroupMax ?? RESULTS_PER_GROUP_MAX;
    this.#platform = platform;
    this.#onSliceOver = options.onSliceOver;
    this.#cancelGraceMs = options.cancelGraceMs ?? CANCEL_GRACE_MS;
    this.#leaseMs = options.leaseMs ?? LIMITS.jobLeaseMs;
    this.#sliceEndsAt = platform.now().getTime() + LIMITS.jobSliceMs;
    this.#shutdown = options.signal;
    this.#shutdown.addEventListener("abort", this.#onShutdown);
    if (this.#shutdown.aborted) this.#onShutdown();
    this.#timer = setInterval(() => void this.#beat(), options.heartbeatMs ?? LIMITS.jobHeartbeatMs);
  }

  /** Aborted with a `RunStopped` when the work must end. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Another tenant waits and this run has had its turn: begin no more cases and hand it back. */
  get isSliceOver(): boolean {
    return this.#isSliceOver;
  }

  /**
   * One transaction that commits only while the lease is ours.
   * @param sync `beside` for what a run that goes on is nobody's answer to yet
   * @throws RunStopped `lease_lost` when it is not.
   */
  async write<R>(
    work: (tx: TenantTx, job: JobRow) => Promise<R>,
    sync: "within" | "beside" = "within",
  ): Promise<R> {
    const tenant = this.#platform.store.forTenant(this.lease.tenantId);
    try {
      return await tenant.record(
        async (tx) => {
          const job = await lockLeasedJob(tx, this.lease);
          if (job === undefined) throw new RunStopped("lease_lost");
          if (job.cancelRequested) this.#cancel();
          return await work(tx, job);
        },
        { sync },
      );
    } catch (error) {
      if (error instanceof RunStopped) this.#abort(error.why);
      throw error;
    }
  }

  /** The run was cancelled: begin no more cases. Those under way have a little time to end. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** Ends the heartbeat. The lease itself ends with the job's last write, or by running out. */
  end(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#graceTimer);
    this.#shutdown.removeEventListener("abort", this.#onShutdown);
  }

  #cancel(): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    this.#graceTimer = setTimeout(() => this.#abort("cancelled"), this.#cancelGraceMs);
  }

  readonly #onShutdown = (): void => this.#abort("shutdown");

  #abort(why: RunStopped["why"]): void {
    if (!this.#stop.signal.aborted) this.#stop.abort(new RunStopped(why));
  }

  async #endSlice(): Promise<void> {
    const now = this.#platform.now();
    if (this.#isSliceOver || now.getTime() < this.#sliceEndsAt) return;
    const { tenantId } = this.lease;
    this.#isSliceOver = await this.#platform.store.readPlatform((tx) =>
      isOtherTenantWaiting(tx, { tenantId, now, activePerTenantMax: LIMITS.runsActivePerTenantMax }),
    );
    if (this.#isSliceOver) this.#onSliceOver?.();
  }

  async #beat(): Promise<void> {
    // On a slow database beats must not queue up behind one another.
    if (this.#isBeating) return;
    this.#isBeating = true;
    try {
      const leasedUntil = new Date(this.#platform.now().getTime() + this.#leaseMs);
      await this.write((tx, job) => updateJob(tx, job.id, { leasedUntil }));
      await this.#endSlice();
    } catch {
      // A lost lease has aborted the work; after any other failure the next beat, or the lease's end, decides.
    } finally {
      this.#isBeating = false;
    }
  }
}
