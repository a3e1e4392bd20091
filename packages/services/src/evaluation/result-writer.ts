import { insertResults, type ResultInsert, updateRun } from "@assay/store";
import type { WorkerLease } from "./worker-lease.ts";

/** How long an answer waits for company: what a crash may lose, and cost again, is what came within this time. */
const GROUP_MS = 10;

/**
 * Stores results in groups, each in one transaction: one sync to disk serves every case that was answered within a
 * few milliseconds, and no case in flight waits for the disk. `flush` settles once everything given is committed; a
 * run is finished, handed back or ended after it and not before.
 */
export class ResultWriter {
  readonly #lease: WorkerLease;
  readonly #runId: string;
  #done: number;
  #waiting: ResultInsert[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #failure: { error: unknown } | undefined;

  /** @param done how many results are stored already. */
  constructor(lease: WorkerLease, runId: string, done: number) {
    this.#lease = lease;
    this.#runId = runId;
    this.#done = done;
  }

  /** How many results are stored. */
  get done(): number {
    return this.#done;
  }

  /**
   * Takes a result, which is stored soon; settles when there is room for another.
   * @throws what an earlier group could not be stored for.
   */
  async write(row: ResultInsert): Promise<void> {
    this.#throwFailure();
    this.#waiting.push(row);
    // Who brings one too many waits until they are stored.
    if (this.#waiting.length >= this.#lease.resultsPerGroupMax) return await this.flush();
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), GROUP_MS);
  }

  /** Settles when every result given so far is committed. @throws what one could not be stored for. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#failure === undefined && (this.#writing !== undefined || this.#waiting.length > 0)) {
      this.#writing ??= this.#commit().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
    this.#throwFailure();
  }

  async #commit(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    try {
      const done = this.#done + group.length;
      await this.#lease.write(async (tx) => {
        await insertResults(tx, group);
        await updateRun(tx, this.#runId, { done });
      });
      this.#done = done;
    } catch (error) {
      // Nothing more is stored: which results are missing would be anyone's guess.
      this.#failure = { error };
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
